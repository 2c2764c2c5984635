package bailiff.shield;

import java.time.Instant;

/**
 * How an address was refused.
 *
 * @param times how often, since it is remembered
 * @param last when it was refused last
 * @param door where that was
 * @param reason why it was
 * @param why the same in a sentence, with the numbers; empty where the reason says all
 */
public record Refusal(long times, Instant last, Question.Door door, Answer.Reason reason, String why) {}
