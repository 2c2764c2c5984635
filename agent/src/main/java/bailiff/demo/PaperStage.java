package bailiff.demo;

import bailiff.net.IpAddress;
import java.io.IOException;
import java.util.function.Predicate;

/** A stage without a network: the site takes a visit in, unless the guard has banned the visitor. */
final class PaperStage implements Stage {

    private final ToyPlugin site;
    private final Predicate<IpAddress> banned;
    private final String why;

    /**
     * A stage on paper.
     *
     * @param banned whether the guard has banned that address
     * @param why why there are no real packets, as a sentence
     */
    PaperStage(ToyPlugin site, Predicate<IpAddress> banned, String why) {
        this.site = site;
        this.banned = banned;
        this.why = why;
    }

    @Override
    public String description() {
        return "On paper: the guard and its log are real, the packets are not. " + why;
    }

    @Override
    public Outcome visit(Visit visit) throws IOException {
        if (banned.test(IpAddress.parse(visit.from()).orElseThrow())) {
            return Outcome.SILENT;
        }
        return site.receive(visit);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
