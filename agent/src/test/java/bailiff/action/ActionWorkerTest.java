package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActionWorkerTest {

    private static final ActionScript PLAIN = new ActionScript(
            "plain",
            Map.of(
                    "actionstart",
                    "start",
                    "actionban",
                    "ban <ip> <restored>",
                    "actionunban",
                    "unban <ip>",
                    "actionstop",
                    "stop"));

    private final FakeShell shell = new FakeShell();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private ActionWorker worker = worker(shell);

    private ActionWorker worker(Shell over) {
        return new ActionWorker(
                "j1",
                over,
                Bans.background(),
                (ban, why) -> done.add(ban.subject() + " " + why),
                () -> Bans.SINCE,
                true);
    }

    @AfterEach
    void end() throws Exception {
        gate.countDown();
        worker.end();
        worker.awaitEnd();
    }

    @Test
    void worker_afterAKill_sweepsActionsThatCanFlushAndNoOthers() throws Exception {
        ActionScript set = new ActionScript(
                "set",
                Map.of("actionstart", "new", "actionflush", "empty", "actionstop", "drop", "tag?family=inet6", "6"));
        shell.fails = command -> command.contains("empty") || command.contains("drop");

        worker.becomeAfterKill(List.of(PLAIN, set));
        worker.begin();
        worker.become(List.of(PLAIN, set));
        worker.ban(Bans.ticket("192.0.2.1"));
        await(() -> shell.commands.contains("new"));

        assertThat(shell.commands).containsExactly("empty", "drop", "empty", "drop", "start", "ban 192.0.2.1 0", "new");
        assertThat(worker.problems()).isEmpty();
    }

    @Test
    void worker_bansAndUnbans_areCarriedOutInTheirOrder() throws Exception {
        worker.become(List.of(PLAIN));
        worker.begin();
        worker.ban(Bans.ticket("192.0.2.1"));
        worker.unban(Bans.of("192.0.2.1"));
        worker.ban(Bans.ticket("192.0.2.1"));
        worker.ban(Bans.ticket("192.0.2.2"));

        awaitEnd();

        assertThat(shell.commands)
                .containsExactly(
                        "start",
                        "ban 192.0.2.1 0",
                        "unban 192.0.2.1",
                        "ban 192.0.2.1 0",
                        "ban 192.0.2.2 0",
                        "unban 192.0.2.1",
                        "unban 192.0.2.2",
                        "stop");
        assertThat(done).containsExactly("192.0.2.1 ", "192.0.2.1 ", "192.0.2.2 ");
    }

    @Test
    void worker_restoredBans_areMarkedAndSkippedWhereTheActionWantsSo() throws Exception {
        ActionScript mail = new ActionScript("mail", Map.of("actionban", "mail <ip>", "norestored", "1"));
        worker.become(List.of(PLAIN, mail));
        worker.ban(Bans.restored("192.0.2.1"));
        worker.ban(Bans.ticket("192.0.2.2"));
        worker.begin();

        await(() -> done.size() == 2);

        assertThat(shell.commands)
                .containsExactlyInAnyOrder("start", "ban 192.0.2.1 1", "ban 192.0.2.2 0", "mail 192.0.2.2");
    }

    @Test
    void worker_moreThanItCanHold_endsWithExactlyTheStandingBans() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        worker = worker((command, patience) -> {
            begun.countDown();
            pass();
            return shell.run(command, patience);
        });
        worker.become(List.of(PLAIN));
        worker.begin();
        worker.ban(Bans.ticket("192.0.2.1"));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        List<String> many = IntStream.range(0, Orders.MOST_WAITING + 100)
                .mapToObj(i -> "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256)
                .toList();
        many.forEach(address -> worker.ban(Bans.ticket(address)));
        many.subList(0, 50).forEach(address -> worker.unban(Bans.of(address)));
        assertThat(worker.waiting()).isEqualTo(Orders.MOST_WAITING);
        assertThat(worker.problems()).singleElement().asString().contains("came faster");
        gate.countDown();

        await(() -> worker.waiting() == 0 && net().size() == many.size() - 50 + 1);
        assertThat(net()).contains("192.0.2.1", many.getLast()).doesNotContain(many.getFirst());
    }

    @Test
    void worker_failingAction_isShownUntilItSucceeds() throws Exception {
        shell.fails = command -> command.contains("ban 192.0.2.1");
        worker.become(List.of(PLAIN));
        worker.begin();
        worker.ban(Bans.ticket("192.0.2.1"));
        await(() -> done.size() == 1);

        assertThat(done.getFirst()).isEqualTo("192.0.2.1 Error banning 192.0.2.1: exit code 1: broken");
        assertThat(worker.problems())
                .containsExactly(
                        "Failed to execute ban jail 'j1' action 'plain' info '192.0.2.1': Error banning 192.0.2.1: exit code 1:"
                                + " broken");

        worker.ban(Bans.ticket("192.0.2.2"));
        await(() -> done.size() == 2);
        assertThat(worker.problems()).isEmpty();
    }

    @Test
    void become_changedAction_isStoppedAndTheNewOneLearnsTheBans() throws Exception {
        ActionScript other = new ActionScript("plain", Map.of("actionban", "other <ip> <restored>"));
        ActionScript kept = new ActionScript(
                "kept", Map.of("actionstart", "kept", "actionban", "keep <ip>", "actionreload", "reload"));
        worker.become(List.of(PLAIN, kept));
        worker.begin();
        worker.ban(Bans.ticket("192.0.2.1"));
        await(() -> done.size() == 1);
        shell.commands.clear();

        worker.become(List.of(other, kept));

        await(() -> shell.commands.size() == 4);
        assertThat(shell.commands).containsExactly("reload", "unban 192.0.2.1", "stop", "other 192.0.2.1 1");
    }

    @Test
    void end_commandThatHangs_isInterruptedAndTheRestIsUndone() throws Exception {
        ActionScript hanging = new ActionScript(
                "hanging", Map.of("actionstart", "true", "actionban", "sleep 300", "actionstop", "true"));
        worker = worker((command, patience) -> {
            shell.run(command, patience);
            return new ProcessShell(List.of()).run(command, patience);
        });
        worker.become(List.of(hanging));
        worker.begin();
        worker.ban(Bans.ticket("192.0.2.1"));
        await(() -> shell.commands.contains("sleep 300"));

        worker.end();
        worker.awaitEnd();

        assertThat(shell.commands).containsExactly("true", "sleep 300", "true");
    }

    /** Who is banned, going by the commands. */
    private List<String> net() {
        return List.copyOf(shell.commands).stream()
                .collect(
                        LinkedHashSet<String>::new,
                        (banned, command) -> {
                            String subject = command.replaceFirst("^(?:un)?ban (\\S+).*", "$1");
                            if (command.startsWith("ban ")) {
                                banned.add(subject);
                            } else {
                                banned.remove(subject);
                            }
                        },
                        LinkedHashSet::addAll)
                .stream()
                .toList();
    }

    private void awaitEnd() throws InterruptedException {
        worker.end();
        worker.awaitEnd();
    }

    private void pass() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(2);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
