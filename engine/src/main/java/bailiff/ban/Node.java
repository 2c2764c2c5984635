package bailiff.ban;

/** A part of a formula, which has a value once its variables have. */
@FunctionalInterface
interface Node {

    /** The values of {@code ban.Time}, {@code ban.Count} and {@code banFactor}. */
    record Scope(PythonNumber time, PythonNumber count, PythonNumber factor) {}

    /** What makes one number of two. */
    interface Operator {
        PythonNumber of(PythonNumber left, PythonNumber right) throws FormulaException;
    }

    PythonNumber value(Scope scope) throws FormulaException;
}
