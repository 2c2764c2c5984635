package bailiff.acceptance;

/** The files of the classic recipe for WordPress under fail2ban, as people have them. */
final class Recipe {

    /** {@code filter.d/wordpress.conf}. */
    static final String FILTER = """
            [INCLUDES]
            before = common.conf
            [Definition]
            _daemon = wordpress
            failregex = ^%(__prefix_line)sAuthentication failure for .* from <HOST>$
                        ^%(__prefix_line)sPingback error .* generated from <HOST>$
            ignoreregex =
            """;

    /** {@code jail.local} on Debian and its like. */
    static final String DEBIAN_JAIL = """
            [wordpress]
            enabled = true
            port = http,https
            filter = wordpress
            logpath = /var/log/auth.log
            maxretry = 3
            findtime = 3600
            bantime = 86400
            """;

    /** {@code jail.local} on Red Hat and its like. */
    static final String RED_HAT_JAIL = """
            [wordpress]
            enabled = true
            filter = wordpress
            logpath = /var/log/secure
            maxretry = 3
            findtime = 3600
            bantime = 86400
            action = iptables-multiport[name=wordpress,port="80,443"]
            """;

    private Recipe() {}
}
