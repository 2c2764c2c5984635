package bailiff.filter;

import bailiff.filter.RegexException.Option;
import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import bailiff.line.LogLine;
import bailiff.line.Requests;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a filter is made of, compiled.
 *
 * @param dates finds and cuts out the time
 * @param requests shows a line as the expressions see it; empty where they see it as it was logged
 * @param prefregex what must match first; the empty expression, which matches everything, where the filter has none
 * @param expressions what decides on a line: every failregex, and behind them every successregex
 * @param failures how many of them are a failregex
 * @param taking what a match of each expression yields
 * @param gate tells which expression can match
 * @param closing which expressions do no more than end sessions
 */
record Parts(
        DateDetector dates,
        Optional<Requests> requests,
        Expression prefregex,
        List<Expression> expressions,
        int failures,
        List<Expression> ignoreregex,
        List<Taking> taking,
        Gate gate,
        BitSet closing) {

    /** The parts; all that is wrong with them is found before one exception is thrown. */
    static Parts compile(FilterDefinition definition) throws RegexException {
        return new Compiler(definition).parts();
    }

    /** The line as the expressions see it, before its time is cut out. */
    LogLine seen(LogLine line) {
        return requests.isPresent() ? requests.get().seen(line) : line;
    }

    /** Whether ignoreregex is tried before all others, as fail2ban does where it has fewer of them. */
    boolean excusesFirst() {
        return !ignoreregex.isEmpty() && ignoreregex.size() < failures - 2;
    }

    /** Whether the expression of that index tells a success. */
    boolean isSuccess(int index) {
        return index >= failures;
    }

    /** The index of the first expression that matches, or -1; its match stays readable. */
    int firstMatch(Subject seen) {
        gate.look(seen);
        for (int i = gate.next(0); i >= 0; i = gate.next(i + 1)) {
            if (expressions.get(i).finds(seen)) {
                return i;
            }
        }
        return -1;
    }

    private boolean joinsSessions() {
        return prefregex.knows(Blame.SESSION) || expressions.stream().anyMatch(each -> each.knows(Blame.SESSION));
    }

    /** One sentence for each doubt about the expressions. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (failures == 0) {
            warnings.add("failregex is empty: the filter finds nothing.");
        }
        warnings.addAll(dates.warnings());
        warnings.addAll(Lint.check(prefregex));
        expressions.forEach(expression -> warnings.addAll(Lint.check(expression)));
        ignoreregex.forEach(expression -> warnings.addAll(Lint.check(expression)));
        if (expressions.stream().limit(failures).anyMatch(expression -> expression.knows("nofail")) && !joinsSessions()) {
            warnings.add(
                    "failregex has <F-NOFAIL> but no <F-MLFID>: such lines are no failures here, to fail2ban they are.");
        }
        return List.copyOf(warnings);
    }

    private static final class Compiler {

        private final FilterDefinition definition;
        private final List<RegexException> problems = new ArrayList<>();

        Compiler(FilterDefinition definition) {
            this.definition = definition;
        }

        Parts parts() throws RegexException {
            Flags several = Flags.NONE.with('m', definition.maxlines() > 1);
            List<Expression> prefregex = compile(Option.PREFREGEX, List.of(definition.prefregex()), Flags.NONE);
            List<Expression> failregex = compile(Option.FAILREGEX, definition.failregex(), several);
            List<Expression> ignoreregex = compile(Option.IGNOREREGEX, definition.ignoreregex(), Flags.NONE);
            List<Expression> expressions = new ArrayList<>(failregex);
            expressions.addAll(compile(Option.SUCCESSREGEX, definition.successregex(), several));
            if (prefregex.stream().noneMatch(Blame::isPossible)) {
                expressions.stream()
                        .filter(expression -> !Blame.isPossible(expression))
                        .forEach(this::blamesNobody);
            }
            List<DateDetector> dates = dates();
            throwProblems();
            Optional<Requests> requests = definition.decodesRequests() ? Optional.of(new Requests()) : Optional.empty();
            return new Parts(
                    dates.getFirst(),
                    requests,
                    prefregex.getFirst(),
                    List.copyOf(expressions),
                    failregex.size(),
                    ignoreregex,
                    expressions.stream()
                            .map(expression -> Taking.of(prefregex.getFirst(), expression))
                            .toList(),
                    Gate.of(expressions),
                    Closing.of(definition, prefregex.getFirst(), failregex));
        }

        private List<Expression> compile(Option option, List<String> texts, Flags flags) {
            boolean names = !definition.usedns().equals("no");
            List<Expression> compiled = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                try {
                    compiled.add(Expression.compile(new RegexSource(option, i, texts.get(i)), names, flags));
                } catch (RegexException e) {
                    problems.add(e);
                }
            }
            return List.copyOf(compiled);
        }

        private void blamesNobody(Expression expression) {
            String message = "No failure-id group in '" + expression.source().text() + "'";
            problems.add(
                    RegexException.whole(expression.source(), "<HOST>, <ADDR> or another tag that blames", message));
        }

        private List<DateDetector> dates() {
            try {
                return List.of(DateDetector.of(definition.datepattern(), definition.zone()));
            } catch (DatePatternException e) {
                RegexSource source = new RegexSource(Option.DATEPATTERN, 0, definition.datepattern());
                problems.add(RegexException.whole(source, "a date pattern", String.valueOf(e.getMessage())));
                return List.of();
            }
        }

        private void throwProblems() throws RegexException {
            if (!problems.isEmpty()) {
                RegexException first = problems.getFirst();
                problems.stream().skip(1).forEach(first::addSuppressed);
                throw first;
            }
        }
    }
}
