package bailiff.acceptance;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Asks a guard's shield as a plugin would. */
final class ShieldSocket {

    private ShieldSocket() {}

    /** What it answers; nothing when nobody does. */
    static Optional<String> ask(Machine machine, String question) {
        Path path = machine.folder().path().resolve("run/bailiff/shield.sock");
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(path));
            socket.write(ByteBuffer.wrap((question + "\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(200);
            int read = socket.read(answer);
            return read < 1
                    ? Optional.empty()
                    : Optional.of(new String(answer.array(), 0, read, StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it refuses somebody at that address, who comes to the form, and why. */
    static Optional<String> refusal(Machine machine, String address) {
        return ask(machine, "ask ip=" + address + " door=login site=" + Network.SITE + " user=admin known=1")
                .filter(answer -> answer.startsWith("refuse "));
    }
}
