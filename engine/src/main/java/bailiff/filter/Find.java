package bailiff.filter;

/** The latest match of an expression, and the text that it was found in. */
record Find(Expression expression, Subject subject) {}
