<?php
/**
 * Bailiff's early door: PHP runs this before each page (auto_prepend_file), to refuse whom the agent knows before WordPress
 * has started. 'bailiff door install DIR' puts it beside WordPress and fills in the two lines below; 'bailiff door remove DIR'
 * takes it out again. Do not delete it by hand: PHP serves no page at all while a file is missing that it was told to run.
 *
 * License: GPL-2.0-or-later
 */

namespace Bailiff;

( static function (): void {
	$plugin   = __DIR__ . '/wp-content/mu-plugins/bailiff.php';
	$settings = array();

	// The file that PHP will run, whatever the request called it. All but two go on at once.
	$script = basename( (string) ( $_SERVER['SCRIPT_FILENAME'] ?? '' ) );
	if ( ( 'xmlrpc.php' !== $script && 'wp-login.php' !== $script ) || 'POST' !== ( $_SERVER['REQUEST_METHOD'] ?? '' ) ) {
		return;
	}
	try {
		if ( @is_file( $plugin ) && ! defined( 'ABSPATH' ) ) {
			define( 'BAILIFF_DOOR', true );
			require_once $plugin;
			@Door::stand( $script, $settings );
		}
	} catch ( \Throwable $e ) {
		unset( $e );
	}
} )();
