package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commands run, in which order, against fail2ban's own Actions and CommandAction with a shell that only notes. */
class ActionOracleTest {

    private static final String STOCK = """
            nftables-multiport[port="80,443",name=j1]
            iptables-multiport[port="80",name=j1]
            iptables-ipset-proto6[name=j1]
            dummy[name=j1,target=/tmp/bailiff-dummy]""";

    private static final String DRIVER = """
            import ast, re, subprocess, sys
            from fail2ban.server import action as module
            from fail2ban.server.actions import Actions
            from fail2ban.server.action import CommandAction
            from fail2ban.server.ipdns import IPAddr
            from fail2ban.server.jail import Jail
            from fail2ban.server.mytime import MyTime
            from fail2ban.server.ticket import BanTicket
            import logging; logging.disable(logging.CRITICAL)
            module.allowed_ipv6 = lambda: True
            config, broken = sys.argv[1], set(int(n) for n in sys.argv[2].split(',') if n)
            done = []
            def executed(command, timeout=60, **more):
                if not command: return True
                words = command
                if isinstance(command, list):
                    names = re.findall(r'(\\w+)=\\$(\\d+) ', command[0].split('\\n', 1)[0])
                    words = command[0].split('\\n', 1)[1]
                    for name, at in sorted(names): words += '\\n' + name + '=' + command[int(at) + 1]
                done.append(words)
                return len(done) - 1 not in broken
            CommandAction.executeCmd = staticmethod(executed)
            MyTime.setTime(1700000000.0)
            jail = Jail('j1', backend='polling'); actions = jail.actions
            actions.setBanTime(600)
            said = subprocess.run(['fail2ban-client', '-c', config, '-d'], stdout=subprocess.PIPE, check=True).stdout
            for line in said.decode().splitlines():
                if not line.startswith('['): continue
                command = ast.literal_eval(line)
                if command[:3] == ['set', 'j1', 'addaction']: actions.add(command[3])
                if command[:3] == ['multi-set', 'j1', 'action']:
                    for name, value in command[4]: setattr(actions[command[3]], name, value)
                if command[:3] == ['set', 'j1', 'action']: setattr(actions[command[3]], command[4], command[5])
            def ticket(ip, time, restored):
                found = BanTicket(ip, time, ['line $(of) ' + ip])
                found.setAttempt(3); found.setBanTime(600); found.setData('user', 'a;b ' + ip)
                if restored: found.restored = True
                return found
            def standing(ip): return actions.banManager._BanManager__banList.get(IPAddr(ip))
            now = 1700000000.0
            for line in sys.stdin:
                what, ip = line.split()
                if what == 'start':
                    for name, action in actions._actions.items():
                        try: action.start()
                        except Exception: pass
                elif what in ('ban', 'restore'): actions._Actions__checkBan([ticket(ip, 1700000000.0, what == 'restore')])
                elif what == 'check':
                    now += 10; MyTime.setTime(now)
                    if standing(ip):
                        again = ticket(ip, now, False); again.setBanTime(int(1700000600 - now))
                        actions._Actions__checkBan([again])
                elif what == 'unban':
                    try: actions.removeBannedIP(ip, db=False)
                    except ValueError: pass
                elif what == 'prolong':
                    found = standing(ip)
                    if found: actions._prolongBan(found)
                elif what == 'reload':
                    for action in actions._actions.values():
                        try: action.reload()
                        except Exception: pass
                elif what == 'stop':
                    actions._Actions__flushBan(stop=True); actions.stopActions()
                done.append('-- ' + line.strip())
            for words in done: print('x' + words.encode().hex())
            """;

    @TempDir
    Path directory;

    @Test
    void commands_ofStockActions_areFail2bans() throws Exception {
        List<ActionScript> scripts = StockActions.read(directory, STOCK);

        for (long seed = 0; seed < 12; seed++) {
            compare(scripts, seed);
        }
    }

    @Test
    void commands_ofAnActionWithEverything_areFail2bans() throws Exception {
        StockActions.read(directory, STOCK);
        for (long seed = 0; seed < 24; seed++) {
            String own = own(new SplittableRandom(seed));
            Files.writeString(directory.resolve("fail2ban/action.d/own.conf"), own);

            compare(StockActions.read(directory, "own[name=j1]"), seed);
        }
    }

    /** An action file with everything that an action can have. */
    private static String own(SplittableRandom random) {
        return """
            [Definition]
            actionstart = start <name> <family> <set> <failures>
            actionstart_on_demand = %s
            actionstop = stop <set>
            actionflush = %s
            actioncheck = check <set>
            actionrepair = %s
            actionrepair_on_unban = %s
            actionban = ban <set> <ip> <bantime> <time> <failures> <restored> <ip-rev> "<matches>" <F-USER> <F-NONE>
            actionreban = %s
            actionunban = unban <set> <ip> "<F-USER>"
            actionprolong = prolong <set> <ip> <bantime>
            actionreload = reload <set>
            norestored = %s
            [Init]
            set = four
            [Init?family=inet6]
            set = six
            """.formatted(
                        random.nextBoolean() ? "true" : "false",
                        random.nextBoolean() ? "flush <set>" : "",
                        random.nextBoolean() ? "repair <set>" : "",
                        random.nextBoolean() ? "true" : "false",
                        random.nextBoolean() ? "reban <set> <ip>" : "",
                        random.nextBoolean() ? "true" : "false");
    }

    private void compare(List<ActionScript> scripts, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> steps = steps(random);
        Set<Integer> broken = new TreeSet<>();
        for (int i = 0; seed % 3 != 0 && i < 6; i++) {
            broken.add(random.nextInt(60));
        }

        List<String> ours = ours(scripts, steps, broken);

        assertThat(ours).as("seed %d", seed).hasSizeGreaterThan(steps.size());
        assertThat(String.join("\n", ours)).as("seed %d", seed).isEqualTo(String.join("\n", theirs(steps, broken)));
    }

    private static List<String> steps(SplittableRandom random) {
        List<String> addresses = List.of("192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2");
        List<String> kinds = List.of("ban", "ban", "restore", "unban", "check", "prolong", "reload");
        List<String> steps = new ArrayList<>(List.of("start -"));
        List<String> banned = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            String kind = kinds.get(random.nextInt(kinds.size()));
            String address = addresses.get(random.nextInt(addresses.size()));
            boolean isNew = kind.equals("ban") || kind.equals("restore");
            if (isNew && banned.contains(address)) {
                continue;
            }
            if (isNew) {
                banned.add(address);
            } else if (kind.equals("unban")) {
                banned.remove(address);
            }
            steps.add(kind + " " + address);
        }
        steps.add("stop -");
        return steps;
    }

    private static List<String> ours(List<ActionScript> scripts, List<String> steps, Set<Integer> broken) {
        List<String> seen = new ArrayList<>();
        List<Instant> now = new ArrayList<>(List.of(Bans.SINCE));
        Shell shell = (command, _) -> {
            FakeShell one = new FakeShell();
            one.run(command, Duration.ZERO);
            seen.addAll(one.commands);
            boolean fails = broken.contains(seen.size() - 1);
            return new Shell.Outcome(fails ? 1 : 0, fails ? "broken" : "");
        };
        Background background = Bans.background(ban -> List.of("line $(of) " + ban.subject()));
        Room room = new Room("j1", shell, background, new HostNames(), now::getFirst, true);
        JailActions actions = new JailActions(room, new Complaints("j1"));
        for (String step : steps) {
            String address = step.substring(step.indexOf(' ') + 1);
            switch (step.substring(0, step.indexOf(' '))) {
                case "start" -> actions.become(scripts);
                case "ban" -> actions.ban(ticket(address, false));
                case "restore" -> actions.ban(ticket(address, true));
                case "unban" -> actions.unban(Bans.of(address).subject());
                case "check" -> {
                    now.set(0, now.getFirst().plusSeconds(10));
                    actions.check(Bans.of(address).subject());
                }
                case "prolong" -> actions.prolong(ticket(address, false));
                case "reload" -> actions.become(scripts);
                default -> {
                    actions.endBans();
                    actions.end();
                }
            }
            seen.add("-- " + step);
        }
        return seen;
    }

    private static Ticket ticket(String address, boolean restored) {
        return new Ticket(Bans.of(address), Map.of("user", "a;b " + address), restored);
    }

    private List<String> theirs(List<String> steps, Set<Integer> broken) throws Exception {
        String numbers = String.join(",", broken.stream().map(String::valueOf).toList());
        Process process = new ProcessBuilder(
                        StockActions.python(),
                        "-c",
                        DRIVER,
                        directory.resolve("fail2ban").toString(),
                        numbers)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var to = process.outputWriter(StandardCharsets.UTF_8)) {
            to.write(String.join("\n", steps) + "\n");
        }
        List<String> commands = process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .map(line -> new String(HexFormat.of().parseHex(line.substring(1)), StandardCharsets.UTF_8))
                .toList();
        assertThat(process.waitFor()).as("fail2ban's own actions").isZero();
        return commands;
    }
}
