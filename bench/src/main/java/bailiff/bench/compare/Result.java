package bailiff.bench.compare;

/** What a trial took, in the middle of its rounds. */
record Result(Trial trial, Cost cost) {

    /** Lines a second by the clock. */
    double rate() {
        return trial.input().lines() / cost.seconds();
    }

    /** Lines for each second of processor: what one core would do. */
    double rateOfOneCore() {
        return trial.input().lines() / cost.processor();
    }

    /** How many times as fast as the other. */
    double over(Result other) {
        return rate() / other.rate();
    }

    /** Whether it found what the log was made with; true where it does not say. */
    boolean isRight() {
        return cost.count() < 0 || cost.count() == trial.input().attacks();
    }
}
