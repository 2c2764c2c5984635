package bailiff.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IncrementTest {

    private static final double NONE = Double.POSITIVE_INFINITY;

    /** Reads {@code TIME COUNT option=value;...} and answers with what fail2ban's own jail makes of it. */
    private static final String PROGRAM = """
            import logging, sys, unittest.mock
            logging.disable(logging.CRITICAL)
            from fail2ban.server.jail import Jail
            from fail2ban.server.observer import ObserverThread
            print('ready', flush=True)
            for line in sys.stdin:
                time, count, options = line.rstrip('\\n').split(' ', 2)
                jail = Jail('test', None)
                jail.setBanTimeExtra('increment', 'true')
                for option in options.split(';'):
                    if option:
                        jail.setBanTimeExtra(*option.split('=', 1))
                with unittest.mock.patch('random.random', lambda: 0.0):
                    try:
                        print(repr(float(ObserverThread().calcBanTime(jail, int(time), int(count)))), flush=True)
                    except Exception:
                        print('error', flush=True)
            """;

    private static final List<List<String>> OPTIONS = List.of(
            List.of("", "", "", ""),
            List.of("", "2", "", ""),
            List.of("", "0.5", "", ""),
            List.of("", "2.0 / 2.885385", "", "86400"),
            List.of("", "1", "1 2 4 8 16 32 64", ""),
            List.of("", "1.5", "1 5 30 60 300 720 1440 2880", "604800"),
            List.of("", "1", "0 1", ""),
            List.of(
                    "ban.Time * math.exp(float(ban.Count+1)*banFactor)/math.exp(1*banFactor)",
                    "2.0 / 2.885385",
                    "",
                    ""),
            List.of("ban.Time * 2**ban.Count", "1", "", "3600"),
            List.of("ban.Time * (1 if ban.Count < 3 else 100)", "1", "", ""),
            List.of("ban.Time // 7 * ban.Count % 1000", "1", "", ""),
            List.of("math.log(ban.Count) * ban.Time", "1", "", ""),
            List.of("-ban.Time", "1", "", "-1"),
            List.of("ban.Time / (ban.Count - 3)", "1", "", ""));

    @Test
    void seconds_tableOfFormulas_isWhatFail2banReckons() throws Exception {
        String needs = "fail2ban is not installed, so growing bans are not compared with its own";
        try (PythonProgram fail2ban = new PythonProgram(PROGRAM, needs)) {
            for (List<String> options : OPTIONS) {
                for (int time : new int[] {1, 60, 600, 86_400}) {
                    for (int count = 1; count <= 25; count++) {
                        assertThat(ours(options, time, count))
                                .as("%s of %d s, ban %d", options, time, count)
                                .isEqualTo(rounded(fail2ban.ask(time + " " + count + " " + asOptions(options))));
                    }
                }
            }
        }
    }

    @Test
    void seconds_withSpread_addsUpToIt() throws FormulaException {
        Increment increment = increment("600", NONE, 100);
        SplittableRandom random = new SplittableRandom(0);

        double sum = 0;
        for (int i = 0; i < 200; i++) {
            double length = increment.seconds(600, 1, random);
            assertThat(length).isBetween(600.0, 700.0);
            sum += length;
        }

        assertThat(sum / 200).isCloseTo(650, within(10.0));
    }

    @Test
    void seconds_spreadBeyondTheLongest_isAddedAllTheSame() throws FormulaException {
        assertThat(increment("10000", 650, 100).seconds(600, 1, new SplittableRandom(0)))
                .isBetween(650.0, 750.0);
    }

    @Test
    void seconds_formulaWithoutAValue_saysSo() throws FormulaException {
        Increment increment = increment("math.inf", NONE, 0);

        assertThatThrownBy(() -> increment.seconds(600, 2, new SplittableRandom(0)))
                .hasMessage("it gives no time for ban 3");
    }

    private static Increment increment(String formula, double most, double spread) throws FormulaException {
        return new Increment(true, Formula.parse(formula), Formula.parse("1"), List.of(), most, spread, false);
    }

    private static String ours(List<String> options, int time, int count) {
        try {
            Increment increment = new Increment(
                    true,
                    Formula.parse(options.get(0).isEmpty() ? Increment.USUAL_FORMULA : options.get(0)),
                    Formula.parse(options.get(1).isEmpty() ? Increment.USUAL_FACTOR : options.get(1)),
                    options.get(2).isEmpty()
                            ? List.of()
                            : List.of(options.get(2).split(" ")).stream()
                                    .map(Long::valueOf)
                                    .toList(),
                    options.get(3).isEmpty() ? NONE : Double.parseDouble(options.get(3)),
                    0,
                    false);
            return rounded(String.valueOf(increment.seconds(time, count, new SplittableRandom(0))));
        } catch (FormulaException e) {
            return "error";
        }
    }

    private static String asOptions(List<String> options) {
        List<String> names = List.of("formula", "factor", "multipliers", "maxtime");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(options.get(i).isEmpty() ? "" : names.get(i) + "=" + options.get(i) + ";");
        }
        return text.toString();
    }

    /** Nine digits: exp may differ in its last bit. */
    private static String rounded(String number) {
        return number.equals("error") ? number : "%.9g".formatted(Double.parseDouble(number));
    }
}
