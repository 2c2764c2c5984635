package bailiff.shield;

/**
 * What speaks against an attempt.
 *
 * @param reason what is answered
 * @param why the same in a sentence for an administrator, with the numbers
 */
public record Objection(Answer.Reason reason, String why) {}
