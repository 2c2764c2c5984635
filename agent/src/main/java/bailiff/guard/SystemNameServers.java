package bailiff.guard;

import bailiff.net.IpAddress;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * The name servers of {@code /etc/resolv.conf}, asked by the JDK's own DNS client: unlike the system's resolver it
 * tells a name that does not exist from a server that does not answer, keeps to a time limit, and does not ask
 * {@code /etc/hosts}. Safe for any thread.
 */
final class SystemNameServers implements NameServers {

    /* In ms, doubled for the second attempt: three seconds at most for each server and question. */
    private static final String PATIENCE = "1000";
    private static final String ATTEMPTS = "2";

    private static final String CLIENT = "com.sun.jndi.dns.DnsContextFactory";

    private final String servers;

    /**
     * @param servers {@code dns:} for those of the system, or {@code dns://address:port}
     */
    SystemNameServers(String servers) {
        this.servers = servers;
    }

    @Override
    public List<String> names(IpAddress address) throws Silent {
        return ask(reverse(address), "PTR");
    }

    @Override
    public List<IpAddress> addresses(String name) throws Silent {
        List<IpAddress> found = new ArrayList<>();
        for (String type : List.of("A", "AAAA")) {
            ask(name, type).stream()
                    .map(IpAddress::parse)
                    .flatMap(Optional::stream)
                    .forEach(found::add);
        }
        return found;
    }

    /* What JNDI is feared for, objects that a directory sends, a DNS has none of: these are texts. It wants a Hashtable. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private List<String> ask(String name, String type) throws Silent {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, CLIENT);
        settings.put(Context.PROVIDER_URL, servers);
        settings.put("com.sun.jndi.dns.timeout.initial", PATIENCE);
        settings.put("com.sun.jndi.dns.timeout.retries", ATTEMPTS);
        try {
            DirContext context = new InitialDirContext(settings);
            try {
                Attribute answer =
                        context.getAttributes(name, new String[] {type}).get(type);
                return answer == null ? List.of() : texts(answer);
            } finally {
                context.close();
            }
        } catch (NameNotFoundException | InvalidNameException e) {
            return List.of();
        } catch (NamingException e) {
            throw new Silent("The name servers did not answer.", e);
        }
    }

    private static List<String> texts(Attribute answer) throws NamingException {
        List<String> texts = new ArrayList<>();
        NamingEnumeration<?> values = answer.getAll();
        while (values.hasMore()) {
            texts.add(String.valueOf(values.next()));
        }
        return texts;
    }

    /** The name under which the DNS keeps those of the address (RFC 1035, 3.5; RFC 3596, 2.5). */
    static String reverse(IpAddress address) {
        StringBuilder name = new StringBuilder();
        byte[] bytes = address.toInetAddress().getAddress();
        for (int i = bytes.length - 1; i >= 0; i--) {
            int octet = Byte.toUnsignedInt(bytes[i]);
            if (address.isV4()) {
                name.append(octet).append('.');
            } else {
                name.append(Character.forDigit(octet & 15, 16)).append('.');
                name.append(Character.forDigit(octet >>> 4, 16)).append('.');
            }
        }
        return name.append(address.isV4() ? "in-addr.arpa" : "ip6.arpa").toString();
    }
}
