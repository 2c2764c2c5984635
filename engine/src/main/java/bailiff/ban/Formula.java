package bailiff.ban;

/**
 * An expression of Python over numbers: fail2ban's {@code bantime.formula} and {@code bantime.factor}.
 *
 * <p>Knows {@code ban.Time}, {@code ban.Count}, {@code banFactor}, numbers, {@code + - * / // % ** << >>}, comparisons,
 * {@code and or not}, {@code a if b else c}, parentheses, {@code min max abs round int float pow} and much of
 * {@code math}. Whatever else Python can do is an error. Immutable; two of the same text are equal.
 */
public final class Formula {

    /** Characters of a formula. */
    public static final int LONGEST = 1_000;

    private final String text;
    private final Node root;

    private Formula(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /**
     * The formula that the text says.
     *
     * @throws FormulaException with what was read where, and what was expected
     */
    public static Formula parse(String text) throws FormulaException {
        if (text.length() > LONGEST) {
            throw new FormulaException("it is longer than " + LONGEST + " characters");
        }
        return new Formula(text, new FormulaParser(text).read());
    }

    /** Its value, where it has one. */
    PythonNumber value(Node.Scope scope) throws FormulaException {
        return root.value(scope);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Formula formula && formula.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
