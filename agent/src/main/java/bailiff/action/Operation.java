package bailiff.action;

/** What an action can be told to do; each is an option of an action file, and empty where the file does not set it. */
enum Operation {
    START("actionstart", "starting"),
    STOP("actionstop", "stopping"),
    FLUSH("actionflush", "flushing"),
    RELOAD("actionreload", "reloading"),
    CHECK("actioncheck", "checking"),
    REPAIR("actionrepair", "repairing"),
    BAN("actionban", "banning"),
    REBAN("actionreban", "rebanning"),
    PROLONG("actionprolong", "prolonging"),
    UNBAN("actionunban", "unbanning");

    private final String option;
    private final String doing;

    Operation(String option, String doing) {
        this.option = option;
        this.doing = doing;
    }

    /** The option's name. */
    String option() {
        return option;
    }

    /** What is being done, in fail2ban's words. */
    String doing() {
        return doing;
    }
}
