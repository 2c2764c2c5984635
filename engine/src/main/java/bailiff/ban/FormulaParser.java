package bailiff.ban;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a formula as Python would, as far as numbers go. Made for one text; not thread-safe. */
final class FormulaParser {

    /* Recursive descent in Python's own order of binding, from the ternary down to the power. */
    private static final int DEEPEST = 100;
    private static final String EXPECTED_OPERAND =
            "expected a number, ban.Time, ban.Count, banFactor, a function or a parenthesis";

    private final FormulaText in;
    private int depth;

    FormulaParser(String text) {
        this.in = new FormulaText(text);
    }

    /** The whole text as one expression. */
    Node read() throws FormulaException {
        Node node = ternary();
        if (!in.isAtEnd()) {
            throw in.wrong("expected an operator or the end");
        }
        return node;
    }

    private Node ternary() throws FormulaException {
        if (++depth > DEEPEST) {
            throw new FormulaException("it is nested deeper than " + DEEPEST);
        }
        Node value = or();
        if (in.word("if")) {
            Node condition = or();
            if (!in.word("else")) {
                throw in.wrong("expected else");
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
        while (in.word("or")) {
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
        while (in.word("and")) {
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
        while (in.word("not")) {
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
            if (in.symbol(comparison.symbol())) {
                return Optional.of(comparison);
            }
        }
        return Optional.empty();
    }

    private Node shift() throws FormulaException {
        Node left = sum();
        while (true) {
            if (in.symbol("<<")) {
                left = binary(left, sum(), PythonArithmetic::shiftLeft);
            } else if (in.symbol(">>")) {
                left = binary(left, sum(), PythonArithmetic::shiftRight);
            } else {
                return left;
            }
        }
    }

    private Node sum() throws FormulaException {
        Node left = product();
        while (true) {
            if (in.symbol("+")) {
                left = binary(left, product(), PythonArithmetic::add);
            } else if (in.symbol("-")) {
                left = binary(left, product(), PythonArithmetic::subtract);
            } else {
                return left;
            }
        }
    }

    private Node product() throws FormulaException {
        Node left = unary();
        while (true) {
            if (in.symbol("//")) {
                left = binary(left, unary(), PythonArithmetic::floorDivide);
            } else if (in.symbol("*")) {
                left = binary(left, unary(), PythonArithmetic::multiply);
            } else if (in.symbol("/")) {
                left = binary(left, unary(), PythonArithmetic::divide);
            } else if (in.symbol("%")) {
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
        if (in.symbol("-")) {
            Node negated = unary();
            node = scope -> PythonArithmetic.negate(negated.value(scope));
        } else if (in.symbol("+")) {
            node = unary();
        } else {
            node = power();
        }
        depth--;
        return node;
    }

    private Node power() throws FormulaException {
        Node base = operand();
        return in.symbol("**") ? binary(base, unary(), PythonArithmetic::power) : base;
    }

    private Node operand() throws FormulaException {
        if (in.opens()) {
            Node inner = ternary();
            in.close();
            return inner;
        }
        Optional<PythonNumber> number = in.number();
        if (number.isPresent()) {
            PythonNumber value = number.get();
            return _ -> value;
        }
        String name = in.name();
        PythonMath.Function function = PythonMath.FUNCTIONS.get(name);
        if (function != null) {
            in.takeName();
            return call(function, arguments(name));
        }
        Node node = variable(name).orElseThrow(() -> in.wrong(EXPECTED_OPERAND));
        in.takeName();
        return node;
    }

    private static Node call(PythonMath.Function function, List<Node> arguments) {
        return scope -> {
            List<PythonNumber> values = new ArrayList<>();
            for (Node argument : arguments) {
                values.add(argument.value(scope));
            }
            return function.of(values);
        };
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
        if (!in.opens()) {
            throw in.wrong("expected ( after " + name);
        }
        List<Node> arguments = new ArrayList<>();
        while (!in.isAt(')')) {
            arguments.add(ternary());
            if (!in.symbol(",")) {
                break;
            }
        }
        in.close();
        return List.copyOf(arguments);
    }

    private static Node binary(Node left, Node right, Node.Operator operator) {
        return scope -> operator.of(left.value(scope), right.value(scope));
    }
}
