package bailiff.evidence.site;

/** Where a login is tried. */
public enum Door {
    /** The form, {@code wp-login.php}. */
    LOGIN,
    /** {@code xmlrpc.php}. */
    XMLRPC,
    /** The REST API. */
    REST
}
