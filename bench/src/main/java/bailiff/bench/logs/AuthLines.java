package bailiff.bench.logs;

import java.util.Map;

/** What a small web server's {@code auth.log} says, as rsyslog frames it: WordPress's complaints between daily life. */
final class AuthLines {

    private static final String[] GUESSED = {
        "admin",
        "administrator",
        "root",
        "editor",
        "webmaster",
        "test",
        "info",
        "author",
        "wpadmin",
        "support",
        "user",
        "blog",
        "manager",
        "office",
        "demo",
        "shop",
        "contact",
        "backup",
        "staging",
        "guest",
        "marketing",
        "news",
        "sales",
        "wordpress",
        "webmaster@blog.example.org",
        "admin@blog.example.org",
        "blog.example.org",
        "example",
        "master",
        "owner",
        "developer",
        "site-admin",
        "anna",
        "peter",
        "maria",
        "thomas"
    };

    private AuthLines() {}

    /** A line of a failed login on the site, with the user that was tried and the address. */
    static Part attack(Stamp stamp, Attackers attackers) {
        return Phrase.of(
                "{time} web1 wordpress({site})[{pid}]: Authentication failure for {user} from {attacker}",
                Map.of(
                        "time", stamp,
                        "site", Part.oneOf("blog.example.org", "www.blog.example.org", "shop.example.net"),
                        "pid", Part.number(300, 60_000),
                        "user", Part.oneOf(GUESSED),
                        "attacker", attackers));
    }

    /** A line of everything else: nobody's attack on the site. */
    static Part other(Stamp stamp) {
        return Phrase.of("{time} web1 {said}", Map.of("time", stamp, "said", said()));
    }

    private static Part said() {
        return new Phrases(Map.of(
                        "pid", Part.number(300, 60_000),
                        "port", Part.number(1_024, 65_536),
                        "visitor", Part.visitor(),
                        "staff", Part.oneOf("editor", "deploy", "anna", "peter", "backup"),
                        "unit", Part.oneOf("logrotate", "phpsessionclean", "apt-daily", "man-db", "fstrim", "certbot"),
                        "key", Part.hex(16),
                        "queue", Part.hex(10),
                        "n", Part.number(1, 9_000),
                        "job", Part.oneOf("wp-cron", "mysqlcheck", "rotate-backups", "send-newsletter", "warm-cache")))
                .add(
                        26,
                        "sshd[{pid}]: Accepted publickey for {staff} from {visitor} port {port} ssh2: ED25519"
                                + " SHA256:{key}{key}")
                .add(18, "sshd[{pid}]: pam_unix(sshd:session): session opened for user {staff}(uid=1000) by (uid=0)")
                .add(18, "sshd[{pid}]: pam_unix(sshd:session): session closed for user {staff}")
                .add(10, "sshd[{pid}]: Received disconnect from {visitor} port {port}:11: disconnected by user")
                .add(10, "sshd[{pid}]: Disconnected from user {staff} {visitor} port {port}")
                .add(1, "sshd[{pid}]: Failed password for {staff} from {visitor} port {port} ssh2")
                .add(20, "CRON[{pid}]: pam_unix(cron:session): session opened for user www-data(uid=33) by (uid=0)")
                .add(20, "CRON[{pid}]: pam_unix(cron:session): session closed for user www-data")
                .add(
                        10,
                        "CRON[{pid}]: (www-data) CMD (cd /srv/www/blog && /usr/bin/php {job}.php --quiet >/dev/null 2>&1)")
                .add(
                        8,
                        "sudo:   {staff} : TTY=pts/1 ; PWD=/srv/www/blog ; USER=root ; COMMAND=/usr/bin/systemctl reload"
                                + " apache2.service")
                .add(6, "sudo: pam_unix(sudo:session): session opened for user root(uid=0) by {staff}(uid=1000)")
                .add(8, "systemd[1]: Started {unit}.service - what the administrator set up to be run once a day.")
                .add(8, "systemd[1]: {unit}.service: Deactivated successfully, consumed {n}ms of processor time.")
                .add(6, "systemd-logind[611]: New session {n} of user {staff}, on a seat of its own.")
                .add(8, "postfix/smtpd[{pid}]: connect from mail{n}.example.net[{visitor}]")
                .add(
                        8,
                        "postfix/smtpd[{pid}]: disconnect from mail{n}.example.net[{visitor}] ehlo=1 mail=1 rcpt=1 data=1"
                                + " quit=1 commands=5")
                .add(
                        8,
                        "postfix/qmgr[{pid}]: {queue}: from=<newsletter@blog.example.org>, size={n}, nrcpt=1 (queue active)")
                .add(
                        8,
                        "postfix/smtp[{pid}]: {queue}: to=<reader{n}@example.com>, relay=mx.example.com[{visitor}]:25,"
                                + " delay=1.4, status=sent (250 2.0.0 Ok)")
                .add(
                        4,
                        "kernel: [{n}.{n}] audit: type=1400 apparmor=\"ALLOWED\" operation=\"open\" profile=\"php-fpm\"")
                .add(4, "dbus-daemon[588]: [system] Successfully activated service 'org.freedesktop.hostname{n}'")
                .add(3, "wordpress(blog.example.org)[{pid}]: Accepted password for {staff} from {visitor}")
                .add(2, "wordpress(blog.example.org)[{pid}]: Comment {n} of {visitor} waits for moderation");
    }
}
