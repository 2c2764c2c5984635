package bailiff.filter;

import bailiff.filter.RegexException.Option;
import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a filter is made of, compiled.
 *
 * @param dates finds and cuts out the time
 * @param prefregex what must match first; the empty expression, which matches everything, where the filter has none
 */
record Parts(DateDetector dates, Expression prefregex, List<Expression> failregex, List<Expression> ignoreregex) {

    /** The parts; all that is wrong with them is found before one exception is thrown. */
    static Parts compile(FilterDefinition definition) throws RegexException {
        return new Compiler(definition).parts();
    }

    /** One sentence for each doubt about the expressions. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (failregex.isEmpty()) {
            warnings.add("failregex is empty: the filter finds nothing.");
        }
        warnings.addAll(dates.warnings());
        warnings.addAll(Lint.check(prefregex));
        failregex.forEach(expression -> warnings.addAll(Lint.check(expression)));
        ignoreregex.forEach(expression -> warnings.addAll(Lint.check(expression)));
        return List.copyOf(warnings);
    }

    private static final class Compiler {

        private final FilterDefinition definition;
        private final List<RegexException> problems = new ArrayList<>();

        Compiler(FilterDefinition definition) {
            this.definition = definition;
        }

        Parts parts() throws RegexException {
            List<Expression> prefregex = compile(Option.PREFREGEX, List.of(definition.prefregex()));
            List<Expression> failregex = compile(Option.FAILREGEX, definition.failregex());
            List<Expression> ignoreregex = compile(Option.IGNOREREGEX, definition.ignoreregex());
            if (prefregex.stream().noneMatch(Blame::isPossible)) {
                failregex.stream()
                        .filter(expression -> !Blame.isPossible(expression))
                        .forEach(this::blamesNobody);
            }
            List<DateDetector> dates = dates();
            throwProblems();
            return new Parts(dates.getFirst(), prefregex.getFirst(), failregex, ignoreregex);
        }

        private List<Expression> compile(Option option, List<String> texts) {
            boolean names = !definition.usedns().equals("no");
            List<Expression> compiled = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                try {
                    compiled.add(Expression.compile(new RegexSource(option, i, texts.get(i)), names));
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
