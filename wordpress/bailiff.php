<?php
/**
 * Plugin Name: Bailiff
 * Description: Reports what attackers do at XML-RPC, login, REST and pingback doors, in the words that fail2ban's filters for WordPress know.
 * Version: 0.1.0
 * Requires at least: 5.6
 * Requires PHP: 7.4
 * License: GPL-2.0-or-later
 *
 * One file for wp-content/mu-plugins. It needs no setting, no table and no library. Constants in wp-config.php change it:
 *
 *   BAILIFF_PROXIES   addresses and networks of your reverse proxies, as a list or one text with blanks or commas between
 *   BAILIFF_CLOUDFLARE  true: Cloudflare's networks are proxies too
 *   BAILIFF_FACILITY  syslog's facility by name: authpriv (if left out), auth, user, daemon, local0 to local7
 *   BAILIFF_FILE      a file, outside of what the web server serves, for lines that syslog does not take
 *   BAILIFF_FIRST     'file': the file is tried before syslog
 *   BAILIFF_SYSLOG    syslog's socket where it is not /dev/log
 *   BAILIFF_HOST      the site's name in the lines; if left out that of its address in the settings
 *
 * Nothing here may disturb a page: whatever goes wrong ends in silence, and takes some milliseconds at most.
 */

namespace Bailiff;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/** The owner's constants. */
final class Settings {

	const FACILITIES = array(
		'user'     => 1,
		'daemon'   => 3,
		'auth'     => 4,
		'authpriv' => 10,
		'local0'   => 16,
		'local1'   => 17,
		'local2'   => 18,
		'local3'   => 19,
		'local4'   => 20,
		'local5'   => 21,
		'local6'   => 22,
		'local7'   => 23,
	);

	/** What the owner set, as a text; empty when nothing. */
	public static function text( string $name ): string {
		$value = defined( $name ) ? constant( $name ) : '';
		return is_string( $value ) ? trim( $value ) : '';
	}

	/** Whether the owner switched it on. */
	public static function is_on( string $name ): bool {
		return defined( $name ) && true === constant( $name );
	}

	/** @return string[] What the owner listed. */
	public static function all( string $name ): array {
		$value = defined( $name ) ? constant( $name ) : array();
		$value = is_string( $value ) ? preg_split( '/[\s,]+/', $value ) : $value;
		return is_array( $value ) ? array_values( array_filter( array_map( 'trim', array_filter( $value, 'is_string' ) ) ) ) : array();
	}

	/** Syslog's number for the facility. */
	public static function facility(): int {
		$name = strtolower( self::text( 'BAILIFF_FACILITY' ) );
		return self::FACILITIES[ $name ] ?? self::FACILITIES['authpriv'];
	}
}

/** A network of addresses. */
final class Network {

	/** @var string The first address, as many bytes as its kind has. */
	private $start;

	/** @var int How many leading bits count. */
	private $bits;

	private function __construct( string $start, int $bits ) {
		$this->start = $start;
		$this->bits  = $bits;
	}

	/** The network that is written so, as an address or ADDRESS/BITS; null when it is none. */
	public static function of( string $text ): ?Network {
		$parts = explode( '/', $text, 2 );
		$start = Address::packed( $parts[0] );
		if ( null === $start ) {
			return null;
		}
		$most = 8 * strlen( $start );
		$bits = isset( $parts[1] ) ? $parts[1] : (string) $most;
		return ctype_digit( $bits ) && strlen( $bits ) <= 3 && (int) $bits <= $most ? new self( $start, (int) $bits ) : null;
	}

	public function has( string $packed ): bool {
		if ( strlen( $packed ) !== strlen( $this->start ) ) {
			return false;
		}
		$bytes = intdiv( $this->bits, 8 );
		if ( substr( $packed, 0, $bytes ) !== substr( $this->start, 0, $bytes ) ) {
			return false;
		}
		$rest = $this->bits % 8;
		return 0 === $rest || 0 === ( ( ord( $packed[ $bytes ] ) ^ ord( $this->start[ $bytes ] ) ) >> ( 8 - $rest ) );
	}
}

/** Who sent the request. */
final class Address {

	/** More elements of a forwarding header than that are not looked at. */
	const MOST_HOPS = 16;

	/** Cloudflare's networks, as it published them at https://www.cloudflare.com/ips/ on 2023-09-28. */
	const CLOUDFLARE = array(
		'173.245.48.0/20',
		'103.21.244.0/22',
		'103.22.200.0/22',
		'103.31.4.0/22',
		'141.101.64.0/18',
		'108.162.192.0/18',
		'190.93.240.0/20',
		'188.114.96.0/20',
		'197.234.240.0/22',
		'198.41.128.0/17',
		'162.158.0.0/15',
		'104.16.0.0/13',
		'104.24.0.0/14',
		'172.64.0.0/13',
		'131.0.72.0/22',
		'2400:cb00::/32',
		'2606:4700::/32',
		'2803:f800::/32',
		'2405:b500::/32',
		'2405:8100::/32',
		'2a06:98c0::/29',
		'2c0f:f248::/32',
	);

	/** The bytes of an address, IPv4 in IPv6 as IPv4; null when it is none. */
	public static function packed( string $text ): ?string {
		$packed = false === strpos( $text, "\0" ) && filter_var( $text, FILTER_VALIDATE_IP ) ? inet_pton( $text ) : false;
		if ( false === $packed ) {
			return null;
		}
		$mapped = "\0\0\0\0\0\0\0\0\0\0\xff\xff";
		return 16 === strlen( $packed ) && 0 === strncmp( $packed, $mapped, 12 ) ? substr( $packed, 12 ) : $packed;
	}

	/**
	 * The address that sent the request, in its one spelling; empty when it cannot be told.
	 *
	 * Of what proxies write only that counts which a trusted one wrote: from the right, the first element that is not a
	 * proxy of ours. What stands left of it is the client's own word.
	 */
	public static function of( array $server ): string {
		$peer = self::packed( self::word( $server, 'REMOTE_ADDR' ) );
		if ( null === $peer ) {
			return '';
		}
		$cloudflare = Settings::is_on( 'BAILIFF_CLOUDFLARE' ) ? self::CLOUDFLARE : array();
		$proxies    = array_filter( array_map( array( Network::class, 'of' ), array_merge( Settings::all( 'BAILIFF_PROXIES' ), $cloudflare ) ) );
		if ( ! self::is_among( $proxies, $peer ) ) {
			return inet_ntop( $peer );
		}
		$visitor = self::packed( self::word( $server, 'HTTP_CF_CONNECTING_IP' ) );
		if ( $cloudflare && null !== $visitor && self::is_among( array_map( array( Network::class, 'of' ), $cloudflare ), $peer ) ) {
			return inet_ntop( $visitor );
		}
		$hops = explode( ',', self::word( $server, 'HTTP_X_FORWARDED_FOR' ) );
		foreach ( array_slice( array_reverse( $hops ), 0, self::MOST_HOPS ) as $hop ) {
			$packed = self::packed( self::bare( trim( $hop ) ) );
			if ( null === $packed ) {
				return '';
			}
			if ( ! self::is_among( $proxies, $packed ) ) {
				return inet_ntop( $packed );
			}
		}
		return '';
	}

	private static function word( array $server, string $name ): string {
		return isset( $server[ $name ] ) && is_string( $server[ $name ] ) ? trim( $server[ $name ] ) : '';
	}

	/** @param Network[] $networks */
	private static function is_among( array $networks, string $packed ): bool {
		foreach ( $networks as $network ) {
			if ( $network->has( $packed ) ) {
				return true;
			}
		}
		return false;
	}

	/** Without a port and brackets, which some proxies write. */
	private static function bare( string $hop ): string {
		if ( preg_match( '/^\[([^\]]*)\](?::\d{1,5})?$/D', $hop, $found ) || preg_match( '/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/D', $hop, $found ) ) {
			return $found[1];
		}
		return $hop;
	}
}

/** What may stand in a line of a log. */
final class Words {

	/** A user name that is longer is cut; WordPress has none of more than 60 characters. */
	const LONGEST_NAME = 60;

	/** As long as the addresses of pages are in practice. */
	const LONGEST_URL = 200;

	/**
	 * A visitor's words as one word of letters, digits and some marks: all else percent-encoded, byte by byte, so that it
	 * holds no blank and can forge neither an address nor a line; cut, with "%~" and a hash of the whole, when too long.
	 *
	 * @param mixed $words what the visitor sent
	 */
	public static function encoded( $words, int $longest = self::LONGEST_NAME ): string {
		$words = is_string( $words ) || is_int( $words ) ? (string) $words : '';
		$cut   = substr( $words, 0, $longest );
		$safe  = preg_replace_callback(
			'/[^A-Za-z0-9@._+:\/-]/',
			static function ( array $found ): string {
				return sprintf( '%%%02X', ord( $found[0] ) );
			},
			$cut
		);
		return strlen( $words ) > $longest ? $safe . '%~' . substr( hash( 'sha256', $words ), 0, 8 ) : $safe;
	}

	/** The site's name for the tag: of letters, digits, dots, dashes; none of the visitor's doing. */
	public static function site(): string {
		$host = Settings::text( 'BAILIFF_HOST' );
		$host = '' === $host ? (string) wp_parse_url( home_url(), PHP_URL_HOST ) : $host;
		$path = Settings::text( 'BAILIFF_HOST' ) === '' && is_multisite() ? (string) wp_parse_url( home_url(), PHP_URL_PATH ) : '';
		return substr( preg_replace( '/[^A-Za-z0-9.\/_-]/', '_', rtrim( $host . $path, '/' ) ), 0, 100 );
	}
}

/** Brings lines out of PHP: to syslog, or into a file. */
final class Way {

	const NOTICE = 5;
	const INFO   = 6;

	/** No daemon cuts a shorter one. A cut line could end in an address of the visitor's choice. */
	const LONGEST_LINE = 1000;

	const DEV_LOG = '/dev/log';

	/** @var resource|false|null Syslog's socket; false once it was found missing. */
	private $socket;

	public function send( int $level, string $text ): void {
		if ( strlen( $text ) > self::LONGEST_LINE - 200 ) {
			return;
		}
		if ( 'file' === strtolower( Settings::text( 'BAILIFF_FIRST' ) ) ) {
			$this->to_file( $text ) || $this->to_syslog( $level, $text );
		} else {
			$this->to_syslog( $level, $text ) || $this->to_file( $text );
		}
	}

	/**
	 * By the socket itself: syslog() waits while the daemon is busy, and drops a line in silence when it cannot be sent.
	 *
	 * What stands in place of the process number is another number each time: daemons fold equal lines of one process into
	 * "message repeated".
	 */
	private function to_syslog( int $level, string $text ): bool {
		$priority = 8 * Settings::facility() + $level;
		$line     = sprintf( '<%d>%s wordpress(%s)[%d]: %s', $priority, self::stamp(), Words::site(), wp_rand( 1, 4194303 ), $text );
		$socket   = $this->socket();
		if ( $socket ) {
			return strlen( $line ) === @fwrite( $socket, $line );
		}
		return ! function_exists( 'stream_socket_client' ) && file_exists( self::DEV_LOG )
			&& openlog( 'wordpress(' . Words::site() . ')', LOG_PID | LOG_NDELAY, Settings::facility() << 3 )
			&& syslog( $level, $text );
	}

	/** @return resource|false */
	private function socket() {
		if ( null === $this->socket ) {
			$path         = Settings::text( 'BAILIFF_SYSLOG' );
			$path         = '' === $path ? self::DEV_LOG : $path;
			$this->socket = function_exists( 'stream_socket_client' )
				? @stream_socket_client( 'udg://' . $path, $number, $words, 0.005 )
				: false;
			if ( $this->socket ) {
				stream_set_blocking( $this->socket, false );
			}
		}
		return $this->socket;
	}

	/** RFC 3164's time: two places for the day, in the machine's own zone. */
	private static function stamp(): string {
		$now = new \DateTime( 'now', self::zone() );
		return $now->format( 'M ' ) . sprintf( '%2d', (int) $now->format( 'j' ) ) . $now->format( ' H:i:s' );
	}

	/** The machine's zone, since WordPress sets PHP's to UTC. */
	private static function zone(): \DateTimeZone {
		static $zone = null;
		if ( null === $zone ) {
			$name = '';
			if ( is_readable( '/etc/timezone' ) ) {
				$name = trim( (string) @file_get_contents( '/etc/timezone', false, null, 0, 100 ) );
			} elseif ( is_link( '/etc/localtime' ) ) {
				$name = (string) preg_replace( '~^.*/zoneinfo/~', '', (string) readlink( '/etc/localtime' ) );
			}
			$zone = @timezone_open( $name ) ?: new \DateTimeZone( 'UTC' );
		}
		return $zone;
	}

	private function to_file( string $text ): bool {
		$file = Settings::text( 'BAILIFF_FILE' );
		if ( '' === $file ) {
			return false;
		}
		$now  = new \DateTime( 'now', self::zone() );
		$line = sprintf( "%s %s wordpress(%s)[%d]: %s\n", $now->format( 'Y-m-d\TH:i:s.uP' ), Words::encoded( php_uname( 'n' ) ), Words::site(), wp_rand( 1, 4194303 ), $text );
		return strlen( $line ) === @file_put_contents( $file, $line, FILE_APPEND );
	}
}

/**
 * Says what happened: in the words that WP fail2ban writes, for every filter that knows them; and once more with all that
 * is known, in a form ("Bailiff: ... ip=ADDRESS") that ends like no line of theirs.
 */
final class Report {

	/** So many lines one request writes at most; the last one says that there would be more. */
	const MOST_LINES = 200;

	/** @var Way */
	private $way;

	/** @var string|null Found out when there is something to tell: most requests have nothing. */
	private $address;

	/** @var int */
	private $lines = 0;

	public function __construct( Way $way ) {
		$this->way = $way;
	}

	private function address(): string {
		if ( null === $this->address ) {
			$this->address = Address::of( $_SERVER );
		}
		return $this->address;
	}

	/** A failure in the words that filters know, without the address. */
	public function failure( string $words ): void {
		$this->line( Way::NOTICE, $words );
	}

	/** A success, or what is worth knowing, in the same way. */
	public function notice( string $words ): void {
		$this->line( Way::INFO, $words );
	}

	/**
	 * The facts of an event.
	 *
	 * @param array<string,string|int> $facts encoded already where a visitor could have a hand in them
	 */
	public function facts( string $event, array $facts ): void {
		$words = 'Bailiff: ' . $event;
		foreach ( $facts as $name => $fact ) {
			$words .= ' ' . $name . '=' . $fact;
		}
		$this->send( Way::INFO, $words . ' ip=' . ( '' === $this->address() ? 'unknown' : $this->address() ) );
	}

	/** Without an address there is nobody to blame, so that only the facts are written. */
	private function line( int $level, string $words ): void {
		if ( '' !== $this->address() ) {
			$this->send( $level, $words . ' from ' . $this->address() );
		}
	}

	private function send( int $level, string $words ): void {
		$this->lines++;
		if ( $this->lines < self::MOST_LINES ) {
			$this->way->send( $level, $words );
		} elseif ( self::MOST_LINES === $this->lines ) {
			$this->way->send( Way::INFO, 'Bailiff: more lines than ' . self::MOST_LINES . ' for one request are left out' );
		}
	}
}

/** Tells logins that fail or succeed, each once, whatever door they use and whichever hooks fire. */
final class Logins {

	/** @var Report */
	private $report;

	/** @var bool Whether XML-RPC's server is asking, which hears the outcome itself. */
	private $is_asked = false;

	/** @var array<string,true> What was told in this request and is not told again. */
	private $told = array();

	/** So many guesses of one request are told apart at most; XML-RPC takes some 1,700 calls in one. */
	const MOST_GUESSES = 2000;

	/** @var int Logins over XML-RPC in this request. */
	private $asked = 0;

	/** @var int How many of them failed. */
	private $failed = 0;

	/** @var array<string,true> The different names and passwords among these; a client with a stale one has but one. */
	private $guesses = array();

	public function __construct( Report $report ) {
		$this->report = $report;
	}

	public function begin_xmlrpc(): void {
		$this->is_asked = true;
		$this->asked++;
	}

	/**
	 * A login over XML-RPC has ended.
	 *
	 * After the first failure WordPress looks at no further password of the request. What came after it tells all the same
	 * that somebody guesses, if it is another name or password each time.
	 *
	 * @param mixed $user     as the client sent it
	 * @param mixed $password the same
	 */
	public function end_xmlrpc( $user, $password, bool $succeeded ): void {
		$this->is_asked = false;
		$name           = self::account( $user );
		if ( $succeeded ) {
			if ( $this->is_new( 'xmlrpc ' . $name ) ) {
				$this->report->notice( 'XML-RPC authentication success for ' . Words::encoded( $name ) );
			}
			return;
		}
		$this->failed++;
		$guess = hash( 'sha256', $name . "\0" . ( is_string( $password ) ? $password : '' ), true );
		if ( isset( $this->guesses[ $guess ] ) || count( $this->guesses ) >= self::MOST_GUESSES ) {
			return;
		}
		$this->guesses[ $guess ] = true;
		if ( 1 === count( $this->guesses ) ) {
			$this->tell_failure( 'xmlrpc', $user, $password );
		} elseif ( 2 === count( $this->guesses ) ) {
			$this->report->failure( 'XML-RPC multicall authentication failure' );
		}
	}

	/** At the request's end: how many logins there were in it, and how many guesses beyond those that were told. */
	public function end(): void {
		if ( $this->failed > 1 ) {
			$this->report->facts(
				'multicall',
				array(
					'logins' => $this->asked,
					'failed' => $this->failed,
					'more'   => max( 0, count( $this->guesses ) - 2 ),
				)
			);
		}
	}

	/**
	 * WordPress's own word that a login failed.
	 *
	 * @param mixed $user
	 */
	public function failed( $user ): void {
		if ( ! $this->is_asked ) {
			$this->tell_failure( 'login', $user, isset( $_POST['pwd'] ) ? wp_unslash( $_POST['pwd'] ) : null );
		}
	}

	/**
	 * WordPress does not say that a login failed for want of a name or a password.
	 *
	 * @param mixed $error
	 */
	public function outcome( $error ): void {
		$is_form = isset( $_SERVER['REQUEST_METHOD'], $_POST['log'] ) && 'POST' === $_SERVER['REQUEST_METHOD'];
		if ( $this->is_asked || ! $is_form || ! is_wp_error( $error ) ) {
			return;
		}
		foreach ( array( 'username', 'password' ) as $part ) {
			if ( in_array( 'empty_' . $part, $error->get_error_codes(), true ) && $this->is_new( 'empty' ) ) {
				$this->report->failure( 'Authentication attempt with empty ' . $part );
			}
		}
	}

	/** A login by the form has succeeded. */
	public function succeeded( string $user ): void {
		$this->report->notice( 'Accepted password for ' . Words::encoded( $user ) );
	}

	/**
	 * A name and a password came with the request itself, over REST or beside XML-RPC, and were refused; or not even looked
	 * at, since the site has no application passwords.
	 *
	 * @param bool $is_refused whether WordPress has looked at it
	 */
	public function application_failed( bool $is_refused ): void {
		if ( $this->is_asked || self::is_guarded_by_server( $is_refused ) || empty( $_SERVER['PHP_AUTH_USER'] ) ) {
			return;
		}
		$user = wp_unslash( $_SERVER['PHP_AUTH_USER'] );
		if ( $this->is_new( 'basic ' . ( is_string( $user ) ? $user : '' ) ) ) {
			$password = isset( $_SERVER['PHP_AUTH_PW'] ) ? wp_unslash( $_SERVER['PHP_AUTH_PW'] ) : null;
			$this->tell_failure( defined( 'XMLRPC_REQUEST' ) && XMLRPC_REQUEST ? 'xmlrpc' : 'rest', $user, $password );
		}
	}

	/** An application password was accepted. */
	public function application_succeeded( string $user ): void {
		if ( ! $this->is_asked && $this->is_new( 'application ' . $user ) ) {
			$this->report->notice( 'Accepted password for ' . Words::encoded( $user ) );
		}
	}

	/**
	 * The web server's own password is sent with every request of its users, and is none of WordPress's.
	 *
	 * REMOTE_USER alone says little: nginx, as distributions set it up, fills it with whatever name the client sends.
	 */
	private static function is_guarded_by_server( bool $is_refused ): bool {
		return ! empty( $_SERVER['AUTH_TYPE'] ) || ( ! $is_refused && ! empty( $_SERVER['REMOTE_USER'] ) );
	}

	/**
	 * @param mixed $user
	 * @param mixed $password
	 */
	private function tell_failure( string $door, $user, $password ): void {
		$name  = self::account( $user );
		$known = false !== get_user_by( 'login', $name );
		if ( '' === $name || '' === $password ) {
			$this->report->failure( 'Authentication attempt with empty ' . ( '' === $name ? 'username' : 'password' ) );
		} else {
			$begin = array(
				'login'  => 'A',
				'xmlrpc' => 'XML-RPC a',
				'rest'   => 'REST a',
			)[ $door ];
			$said  = $known ? 'uthentication failure for ' : 'uthentication attempt for unknown user ';
			$this->report->failure( $begin . $said . Words::encoded( $name ) );
		}
		$this->report->facts(
			'failure',
			array(
				'door'  => $door,
				'user'  => Words::encoded( $name ),
				'known' => $known ? 1 : 0,
				'key'   => self::digest( $password ),
			)
		);
	}

	/**
	 * The account that is meant, by its own name, since a database takes many spellings for it; what was sent where there
	 * is none.
	 *
	 * @param mixed $sent
	 */
	private static function account( $sent ): string {
		if ( ! is_string( $sent ) || strlen( $sent ) > 400 ) {
			// No account has such a name, so it is not worth a question to the database.
			return is_string( $sent ) ? substr( $sent, 0, 400 ) : '';
		}
		$name = sanitize_user( wp_unslash( $sent ) );
		$user = get_user_by( 'login', $name );
		if ( ! $user && is_email( $name ) ) {
			$user = get_user_by( 'email', $name );
		}
		return $user ? $user->user_login : $name;
	}

	/**
	 * 16 bits that tell whether it was the same wrong password again, and nothing without the site's key.
	 *
	 * @param mixed $password
	 */
	private static function digest( $password ): string {
		return is_string( $password ) ? substr( hash_hmac( 'sha256', trim( substr( $password, 0, 4096 ) ), wp_salt() ), 0, 4 ) : '-';
	}

	private function is_new( string $event ): bool {
		$is_new               = ! isset( $this->told[ $event ] ) && count( $this->told ) < Report::MOST_LINES;
		$this->told[ $event ] = true;
		return $is_new;
	}
}

/** Tells of pingbacks what their answer hides. */
final class Pingbacks {

	/** WordPress has fetched the source before it answered so: a request left this server, to whom the client named. */
	const FETCHED = array( 16, 17, 32 );

	/** Registered already: what a good blog that says it again is told. */
	const REPEATED = 48;

	/** @var Report */
	private $report;

	/** @var array<string,string>|null Source and target of the pingback that is being dealt with. */
	private $current;

	/** @var int */
	private $fetched = 0;

	public function __construct( Report $report ) {
		$this->report = $report;
	}

	/**
	 * A pingback has been asked for.
	 *
	 * @param mixed $args as the client sent them
	 */
	public function begin( $args ): void {
		$this->current = array(
			'source' => Words::encoded( is_array( $args ) && isset( $args[0] ) ? $args[0] : '', Words::LONGEST_URL ),
			'target' => Words::encoded( is_array( $args ) && isset( $args[1] ) ? $args[1] : '', Words::LONGEST_URL ),
		);
	}

	/** It has been answered. */
	public function end( bool $succeeded ): void {
		if ( $succeeded ) {
			$this->report->facts( 'pingback code=ok', (array) $this->current );
		}
		$this->current = null;
	}

	/** WordPress gives a reason, before it takes it back from the answer. */
	public function error( int $code ): void {
		if ( self::REPEATED === $code ) {
			return;
		}
		$this->report->failure( 'Pingback error ' . $code . ' generated' );
		if ( null !== $this->current ) {
			$sent           = in_array( $code, self::FETCHED, true ) ? 1 : 0;
			$this->fetched += $sent;
			$this->report->facts( 'pingback code=' . $code . ' sent=' . $sent, $this->current );
		}
	}

	/** WordPress refuses it as one too many (429) or one that it has (409), which it calls no pingback error. */
	public function refused( int $code ): void {
		if ( null !== $this->current ) {
			$this->fetched++;
			$this->report->facts( 'pingback code=' . $code . ' sent=1', $this->current );
		}
	}

	/** At the request's end: whether it made this server send many. */
	public function end_request(): void {
		if ( $this->fetched > 1 ) {
			$this->report->facts( 'reflected', array( 'requests' => $this->fetched ) );
		}
	}
}

/** The hooks of WordPress. Nothing that goes wrong in one may reach the page. */
final class Trap {

	/** @var Trap|null The one of this request. */
	private static $trap;

	/** @var Report */
	private $report;

	/** @var Logins */
	public $logins;

	/** @var Pingbacks */
	public $pingbacks;

	private function __construct() {
		$this->report    = new Report( new Way() );
		$this->logins    = new Logins( $this->report );
		$this->pingbacks = new Pingbacks( $this->report );
	}

	/** Does it in silence: a report that fails is no reason for a page to fail. */
	public static function quietly( callable $deed ): void {
		try {
			if ( null === self::$trap ) {
				self::$trap = new self();
				register_shutdown_function( array( self::class, 'end' ) );
			}
			$deed( self::$trap );
		} catch ( \Throwable $e ) {
			unset( $e );
		}
	}

	/** The end of a request in which something was told. */
	public static function end(): void {
		self::quietly(
			static function ( Trap $trap ): void {
				$trap->logins->end();
				$trap->pingbacks->end_request();
			}
		);
	}

	public static function spring(): void {
		add_filter( 'wp_xmlrpc_server_class', array( self::class, 'server_class' ), PHP_INT_MAX );
		self::listen_to_logins();
		self::listen_to_pingbacks();
		self::listen_to_seekers();
		self::listen_to_comments();
	}

	/**
	 * XML-RPC's server, and before it a class that hears of every login and pingback: of some, WordPress tells no hook.
	 *
	 * @param mixed $base the class that WordPress, or another plugin, would take
	 * @return mixed
	 */
	public static function server_class( $base ) {
		try {
			if ( class_exists( __NAMESPACE__ . '\\Server', false ) ) {
				return __NAMESPACE__ . '\\Server';
			}
			if ( is_string( $base ) && is_a( $base, 'wp_xmlrpc_server', true ) && ! ( new \ReflectionClass( $base ) )->isFinal() ) {
				class_alias( $base, __NAMESPACE__ . '\\ServerBase' );
				declare_server();
				return __NAMESPACE__ . '\\Server';
			}
		} catch ( \Throwable $e ) {
			unset( $e );
		}
		return $base;
	}

	/**
	 * Listens to an action or a filter, and changes nothing.
	 *
	 * @param callable $deed takes the trap and what the hook says
	 */
	private static function listen( string $hook, callable $deed, int $priority = 10, int $arguments = 1 ): void {
		add_filter(
			$hook,
			static function ( ...$said ) use ( $deed ) {
				self::quietly(
					static function ( Trap $trap ) use ( $deed, $said ): void {
						$deed( $trap, ...$said );
					}
				);
				return $said[0] ?? null;
			},
			$priority,
			$arguments
		);
	}

	private static function listen_to_logins(): void {
		self::listen(
			'wp_login_failed',
			static function ( Trap $trap, $user ): void {
				$trap->logins->failed( $user );
			}
		);
		self::listen(
			'authenticate',
			static function ( Trap $trap, $outcome ): void {
				$trap->logins->outcome( $outcome );
			},
			PHP_INT_MAX
		);
		self::listen(
			'wp_login',
			static function ( Trap $trap, $user ): void {
				$trap->logins->succeeded( (string) $user );
			}
		);
		self::listen(
			'application_password_failed_authentication',
			static function ( Trap $trap ): void {
				$trap->logins->application_failed( true );
			}
		);
		self::listen(
			'rest_authentication_errors',
			static function ( Trap $trap ): void {
				if ( ! is_user_logged_in() ) {
					$trap->logins->application_failed( false );
				}
			},
			PHP_INT_MAX
		);
		self::listen(
			'application_password_did_authenticate',
			static function ( Trap $trap, $user ): void {
				$trap->logins->application_succeeded( $user->user_login );
			}
		);
	}

	private static function listen_to_pingbacks(): void {
		self::listen(
			'xmlrpc_pingback_error',
			static function ( Trap $trap, $error ): void {
				$trap->pingbacks->error( (int) $error->code );
			},
			1
		);
		$refusals = array(
			'comment_flood_trigger'     => 429,
			'comment_duplicate_trigger' => 409,
		);
		foreach ( $refusals as $hook => $code ) {
			self::listen(
				$hook,
				static function ( Trap $trap ) use ( $code ): void {
					$trap->pingbacks->refused( $code );
				}
			);
		}
	}

	/** Who looks for the names of users. Crawlers and editors do, too, so that these are facts and no failures. */
	private static function listen_to_seekers(): void {
		self::listen(
			'parse_request',
			static function ( Trap $trap, $request ): void {
				$author = isset( $_GET['author'] ) && is_string( $_GET['author'] ) ? $_GET['author'] : '';
				$is_map = isset( $request->query_vars['sitemap'] ) && 'users' === $request->query_vars['sitemap'];
				if ( $is_map || ( preg_match( '/^\d+$/D', $author ) && ! is_admin() && ! is_user_logged_in() ) ) {
					$trap->report->facts( 'enumeration', array( 'door' => $is_map ? 'sitemap' : 'author' ) );
				}
			}
		);
		self::listen(
			'rest_request_before_callbacks',
			static function ( Trap $trap, $response, $handler, $request ): void {
				unset( $response, $handler );
				if ( 0 === strpos( $request->get_route(), '/wp/v2/users' ) && ! is_user_logged_in() ) {
					$trap->report->facts( 'enumeration', array( 'door' => 'rest' ) );
				}
			},
			10,
			3
		);
	}

	private static function listen_to_comments(): void {
		self::listen(
			'comment_post',
			static function ( Trap $trap, $id, $approved ): void {
				if ( 'spam' === $approved ) {
					$trap->report->failure( 'Spam comment ' . (int) $id );
				}
			},
			10,
			2
		);
		self::listen(
			'lostpassword_post',
			static function ( Trap $trap, $errors, $account = null ): void {
				unset( $errors );
				$sent = isset( $_POST['user_login'] ) ? wp_unslash( $_POST['user_login'] ) : '';
				if ( $account instanceof \WP_User ) {
					$trap->report->notice( 'Password reset requested for ' . Words::encoded( $account->user_login ) );
				} elseif ( is_string( $sent ) && '' !== $sent ) {
					$trap->report->failure( 'Failed password reset for unknown user ' . Words::encoded( $sent ) );
				}
			},
			10,
			2
		);
	}
}

/** Declares XML-RPC's server once its parent is known. */
function declare_server(): void {
	/** Hears of every login and every pingback, and leaves both to its parent. */
	class Server extends ServerBase {

		/**
		 * @param mixed $username
		 * @param mixed $password
		 */
		public function login( $username, $password ) {
			Trap::quietly(
				static function ( Trap $trap ): void {
					$trap->logins->begin_xmlrpc();
				}
			);
			$user = parent::login( $username, $password );
			Trap::quietly(
				static function ( Trap $trap ) use ( $username, $password, $user ): void {
					$trap->logins->end_xmlrpc( $username, $password, $user instanceof \WP_User );
				}
			);
			return $user;
		}

		/** @param mixed $args */
		public function pingback_ping( $args ) {
			Trap::quietly(
				static function ( Trap $trap ) use ( $args ): void {
					$trap->pingbacks->begin( $args );
				}
			);
			$answer = parent::pingback_ping( $args );
			Trap::quietly(
				static function ( Trap $trap ) use ( $answer ): void {
					$trap->pingbacks->end( is_string( $answer ) );
				}
			);
			return $answer;
		}
	}
}

Trap::spring();
