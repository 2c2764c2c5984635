package bailiff.filter;

/** An expression after parsing: its tree and its groups. */
record ParsedRegex(Node root, GroupTable groups) {}
