package bailiff.config;

/** Text from a file, made fit to be shown in a message: short, on one line, without control characters. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    static String of(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder quoted = new StringBuilder("'");
        shown.codePoints().forEach(point -> {
            boolean plain = !Character.isISOControl(point)
                    && Character.getType(point) != Character.FORMAT
                    && Character.getType(point) != Character.LINE_SEPARATOR
                    && Character.getType(point) != Character.PARAGRAPH_SEPARATOR;
            quoted.appendCodePoint(plain ? point : '?');
        });
        return quoted.append('\'').toString();
    }
}
