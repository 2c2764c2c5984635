package bailiff.guard;

import bailiff.net.IpAddress;
import java.io.IOException;
import java.util.List;

/** Asks the DNS, and waits for its answer; safe for any thread. */
interface NameServers {

    /** The question was not answered: that says nothing, neither yes nor no. */
    final class Silent extends IOException {

        private static final long serialVersionUID = 1;

        Silent(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The names that the owner of the address's network gives it: his to choose, and hostile text. None where it has none. */
    List<String> names(IpAddress address) throws Silent;

    /** The addresses of that name, in any order; none where it has none. */
    List<IpAddress> addresses(String name) throws Silent;
}
