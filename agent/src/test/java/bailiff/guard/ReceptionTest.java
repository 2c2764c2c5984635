package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import bailiff.control.Request;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReceptionTest {

    private static final Request PING = new Request("ping", Map.of());

    private final Reception reception = new Reception();

    @Test
    void carryOut_beforeTheGuardHasStarted_waitsForIt() throws Exception {
        CompletableFuture<String> answered = new CompletableFuture<>();
        Thread client = Thread.ofVirtual().start(() -> {
            try {
                reception.carryOut(PING, row -> answered.complete(String.valueOf(row)));
            } catch (ControlException e) {
                answered.completeExceptionally(e);
            }
        });

        reception.open((request, row) -> row.accept(Map.of("asked", request.command())));
        client.join();

        assertThat(answered).isCompletedWithValue("{asked=ping}");
    }

    @Test
    void carryOut_guardThatCouldNotStart_isTurnedAway() {
        reception.close();

        assertThatThrownBy(() -> reception.carryOut(PING, _ -> {})).hasMessage("The guard is ending.");
    }

    @Test
    void carryOut_guardThatIsEnding_isTurnedAway() {
        reception.open((_, _) -> {});
        reception.close();

        assertThatThrownBy(() -> reception.carryOut(PING, _ -> {})).hasMessage("The guard is ending.");
    }
}
