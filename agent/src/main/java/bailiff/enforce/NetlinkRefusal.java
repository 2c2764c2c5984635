package bailiff.enforce;

/**
 * Why the kernel did not do something.
 *
 * @param code the error's number, as in {@code asm-generic/errno.h}
 * @param why one line without control characters
 */
record NetlinkRefusal(int code, String why) {

    static final int NOT_THERE = 2;

    private static final int INTERRUPTED_CODE = 4;

    private static final int MOST_WORDS = 300;

    /** A list changed while it was read. */
    static final NetlinkRefusal INTERRUPTED = of(INTERRUPTED_CODE, "");

    /** A transaction that does not fit the socket; smaller ones may. */
    static final NetlinkRefusal TOO_LONG = of(90, "");

    /** A list that takes too long to read. */
    static final NetlinkRefusal TOO_SLOW = of(110, "");

    /** More complaints than the socket holds. */
    static final NetlinkRefusal TOO_MANY = of(105, "");

    /** The refusal of that number; the kernel's own words, which may be empty, are made harmless. */
    static NetlinkRefusal of(int code, String words) {
        String clean = words.replaceAll("\\p{Cntrl}", "?").strip();
        String more = clean.length() <= MOST_WORDS ? clean : clean.substring(0, MOST_WORDS) + "...";
        return new NetlinkRefusal(code, "Error: " + name(code) + (more.isEmpty() ? "" : " (" + more + ")"));
    }

    boolean isInterrupted() {
        return code == INTERRUPTED_CODE;
    }

    /** The words that programs have for an error of the system. */
    static String name(int code) {
        return switch (code) {
            case 1 -> "Operation not permitted";
            case NOT_THERE -> "No such file or directory";
            case INTERRUPTED_CODE -> "Interrupted system call";
            case 11 -> "Resource temporarily unavailable";
            case 12 -> "Cannot allocate memory";
            case 13 -> "Permission denied";
            case 16 -> "Device or resource busy";
            case 17 -> "File exists";
            case 22 -> "Invalid argument";
            case 23 -> "Too many open files in system";
            case 24 -> "Too many open files";
            case 34 -> "Numerical result out of range";
            case 38 -> "Function not implemented";
            case 90 -> "Message too long";
            case 93 -> "Protocol not supported";
            case 95 -> "Operation not supported";
            case 97 -> "Address family not supported by protocol";
            case 105 -> "No buffer space available";
            case 110 -> "Connection timed out";
            default -> "error " + code;
        };
    }
}
