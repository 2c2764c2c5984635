package bailiff.ban;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a formula as Python would, as far as numbers go. Made for one text; not thread-safe. */
final class FormulaParser {

    /* Recursive descent in Python's own order of binding, from the ternary down to the power. */
    private static final int DEEPEST = 100;
    private static final Pattern NUMBER = Pattern.compile(
            "(?<float>(?:\\d++(?:_\\d++)*+)?\\.(?:\\d++(?:_\\d++)*+)(?:[eE][+-]?\\d++)?|\\d++(?:_\\d++)*+(?:\\.(?:[eE][+-]?\\d++)?"
                    + "|[eE][+-]?\\d++))|(?<radix>0[xX][0-9a-fA-F]++|0[oO][0-7]++|0[bB][01]++)|(?<whole>\\d++(?:_\\d++)*+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*+(?:\\s*+\\.\\s*+[A-Za-z_]\\w*+)*+");
    private static final Pattern LEADING_ZERO = Pattern.compile("0[0_]*+[1-9].*+");
    private static final String EXPECTED_OPERAND =
            "expected a number, ban.Time, ban.Count, banFactor, a function or a parenthesis";

    private final String text;
    private int at;
    private int parentheses;
    private int depth;

    FormulaParser(String text) {
        this.text = text;
    }

    /** The whole text as one expression. */
    Node read() throws FormulaException {
        Node node = ternary();
        skipBlanks();
        if (at < text.length()) {
            throw wrong("expected an operator or the end");
        }
        return node;
    }

    private Node ternary() throws FormulaException {
        if (++depth > DEEPEST) {
            throw new FormulaException("it is nested deeper than " + DEEPEST);
        }
        Node value = or();
        if (word("if")) {
            Node condition = or();
            if (!word("else")) {
                throw wrong("expected else");
            }
            Node otherwise = ternary();
            Node then = value;
            value = scope -> condition.value(scope).isTrue() ? then.value(scope) : otherwise.value(scope);
        }
        depth--;
        return value;
    }

    private Node or() throws FormulaException {
        Node left = and();
        while (word("or")) {
            Node first = left;
            Node second = and();
            left = scope -> {
                PythonNumber value = first.value(scope);
                return value.isTrue() ? value : second.value(scope);
            };
        }
        return left;
    }

    private Node and() throws FormulaException {
        Node left = not();
        while (word("and")) {
            Node first = left;
            Node second = not();
            left = scope -> {
                PythonNumber value = first.value(scope);
                return value.isTrue() ? second.value(scope) : value;
            };
        }
        return left;
    }

    private Node not() throws FormulaException {
        boolean odd = false;
        boolean any = false;
        while (word("not")) {
            odd = !odd;
            any = true;
        }
        Node negated = comparison();
        boolean turns = odd;
        return any ? scope -> PythonNumber.of(negated.value(scope).isTrue() != turns) : negated;
    }

    private Node comparison() throws FormulaException {
        Node first = shift();
        List<Comparison.Link> links = new ArrayList<>();
        for (Optional<Comparison> next = comparator(); next.isPresent(); next = comparator()) {
            links.add(new Comparison.Link(next.get(), shift()));
        }
        return links.isEmpty() ? first : Comparison.chain(first, links);
    }

    private Optional<Comparison> comparator() {
        for (Comparison comparison : Comparison.values()) {
            if (symbol(comparison.symbol())) {
                return Optional.of(comparison);
            }
        }
        return Optional.empty();
    }

    private Node shift() throws FormulaException {
        Node left = sum();
        while (true) {
            if (symbol("<<")) {
                left = binary(left, sum(), PythonArithmetic::shiftLeft);
            } else if (symbol(">>")) {
                left = binary(left, sum(), PythonArithmetic::shiftRight);
            } else {
                return left;
            }
        }
    }

    private Node sum() throws FormulaException {
        Node left = product();
        while (true) {
            if (symbol("+")) {
                left = binary(left, product(), PythonArithmetic::add);
            } else if (symbol("-")) {
                left = binary(left, product(), PythonArithmetic::subtract);
            } else {
                return left;
            }
        }
    }

    private Node product() throws FormulaException {
        Node left = unary();
        while (true) {
            if (symbol("//")) {
                left = binary(left, unary(), PythonArithmetic::floorDivide);
            } else if (symbol("*")) {
                left = binary(left, unary(), PythonArithmetic::multiply);
            } else if (symbol("/")) {
                left = binary(left, unary(), PythonArithmetic::divide);
            } else if (symbol("%")) {
                left = binary(left, unary(), PythonArithmetic::remainder);
            } else {
                return left;
            }
        }
    }

    private Node unary() throws FormulaException {
        if (++depth > DEEPEST) {
            throw new FormulaException("it is nested deeper than " + DEEPEST);
        }
        Node node;
        if (symbol("-")) {
            Node negated = unary();
            node = scope -> PythonArithmetic.negate(negated.value(scope));
        } else if (symbol("+")) {
            node = unary();
        } else {
            node = power();
        }
        depth--;
        return node;
    }

    private Node power() throws FormulaException {
        Node base = operand();
        return symbol("**") ? binary(base, unary(), PythonArithmetic::power) : base;
    }

    private Node operand() throws FormulaException {
        if (symbol("(")) {
            parentheses++;
            Node inner = ternary();
            close();
            return inner;
        }
        skipBlanks();
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (number.lookingAt()) {
            PythonNumber value = number(number);
            at = number.end();
            return _ -> value;
        }
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (!name.lookingAt()) {
            throw wrong(EXPECTED_OPERAND);
        }
        return named(name.group().replaceAll("\\s", ""), name.end());
    }

    private PythonNumber number(Matcher number) throws FormulaException {
        String digits = number.group().replace("_", "");
        boolean runsOn = number.end() < text.length() && Character.isLetter(text.charAt(number.end()));
        boolean isWhole = number.group("whole") != null;
        // Python takes "1if x else y" with a warning, and refuses 08; neither means what it seems to.
        if (runsOn || (isWhole && LEADING_ZERO.matcher(digits).matches())) {
            throw wrong("expected a number");
        }
        if (number.group("float") != null) {
            return PythonNumber.of(Double.parseDouble(digits));
        }
        if (isWhole) {
            return new PythonNumber.Whole(new BigInteger(digits));
        }
        int radix = switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            default -> 2;
        };
        return new PythonNumber.Whole(new BigInteger(digits.substring(2), radix));
    }

    private Node named(String name, int end) throws FormulaException {
        PythonMath.Function function = PythonMath.FUNCTIONS.get(name);
        if (function != null) {
            at = end;
            List<Node> arguments = arguments(name);
            return scope -> {
                List<PythonNumber> values = new ArrayList<>();
                for (Node argument : arguments) {
                    values.add(argument.value(scope));
                }
                return function.of(values);
            };
        }
        Optional<Node> node = variable(name);
        if (node.isEmpty()) {
            throw wrong(EXPECTED_OPERAND);
        }
        at = end;
        return node.get();
    }

    private static Optional<Node> variable(String name) {
        PythonNumber constant = PythonMath.CONSTANTS.get(name);
        return Optional.ofNullable(
                switch (name) {
                    case "ban.Time" -> Node.Scope::time;
                    case "ban.Count" -> Node.Scope::count;
                    case "banFactor" -> Node.Scope::factor;
                    case "True" -> _ -> PythonNumber.ONE;
                    case "False" -> _ -> PythonNumber.ZERO;
                    default -> constant == null ? null : _ -> constant;
                });
    }

    private List<Node> arguments(String name) throws FormulaException {
        if (!symbol("(")) {
            throw wrong("expected ( after " + name);
        }
        parentheses++;
        List<Node> arguments = new ArrayList<>();
        do {
            skipBlanks();
            if (at < text.length() && text.charAt(at) == ')') {
                break;
            }
            arguments.add(ternary());
        } while (symbol(","));
        close();
        return List.copyOf(arguments);
    }

    private void close() throws FormulaException {
        if (!symbol(")")) {
            throw wrong("expected )");
        }
        parentheses--;
    }

    private static Node binary(Node left, Node right, Node.Operator operator) {
        return scope -> operator.of(left.value(scope), right.value(scope));
    }

    /** Takes the symbol if it comes next and is not the start of a longer one. */
    private boolean symbol(String symbol) {
        skipBlanks();
        boolean longer = (symbol.equals("*") && text.startsWith("**", at))
                || (symbol.equals("<") && text.startsWith("<<", at))
                || (symbol.equals(">") && text.startsWith(">>", at));
        if (longer || !text.startsWith(symbol, at)) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    private boolean word(String word) {
        skipBlanks();
        int end = at + word.length();
        boolean whole = end >= text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
        if (!whole || !text.startsWith(word, at)) {
            return false;
        }
        at = end;
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /** A line may end within parentheses only. */
    private boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f' || (parentheses > 0 && (c == '\n' || c == '\r'));
    }

    private FormulaException wrong(String expected) {
        String rest = at < text.length() ? "'" + text.substring(at, Math.min(at + 12, text.length())) + "'" : "the end";
        return new FormulaException("read " + rest + " at character " + (at + 1) + ", " + expected);
    }
}
