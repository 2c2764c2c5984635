package bailiff.evidence.site;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * All that is remembered of one site, as it is saved, restored and joined.
 *
 * <p>Not thread-safe.
 */
record Remembered(
        Calibration calibration,
        Credits credits,
        SourceTrials trials,
        Fingerprints fingerprints,
        Prefixes prefixes,
        Arrivals arrivals,
        Names names) {

    /** Of what is saved; the first bytes of it. */
    private static final int VERSION = 0x42_45_00_03;

    /** Nothing yet. */
    static Remembered nothing(Allowance budget, Operators operators) {
        return new Remembered(
                new Calibration(),
                new Credits(),
                new SourceTrials(),
                new Fingerprints(),
                new Prefixes(operators),
                new Arrivals(),
                new Names(budget));
    }

    /** What {@link #restore} takes. */
    byte[] save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            write(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes whatever is written to it", e);
        }
        return bytes.toByteArray();
    }

    /** Reads what was saved; gives false when that is damaged, or of another version: then nothing of this is to be used. */
    boolean restore(byte[] saved) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != VERSION) {
                return false;
            }
            read(in);
            return in.read() < 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void write(DataOutput out) throws IOException {
        calibration.write(out);
        credits.write(out);
        fingerprints.write(out);
        trials.write(out);
        prefixes.write(out);
        arrivals.write(out);
        names.write(out);
    }

    private void read(DataInput in) throws IOException {
        calibration.read(in);
        credits.read(in);
        fingerprints.read(in);
        trials.read(in, fingerprints);
        prefixes.read(in);
        arrivals.read(in);
        names.read(in);
    }

    /** Takes in what another process saw of the same site, which is not to be used afterwards. */
    void merge(Remembered other, Allowance budget) {
        calibration.merge(other.calibration);
        credits.merge(other.credits);
        double honest = calibration.sourcesAYear();
        fingerprints.merge(other.fingerprints, budget.refusal(Kind.FINGERPRINT, honest * Fingerprints.GRAINS));
        trials.merge(other.trials, credits, fingerprints);
        prefixes.merge(other.prefixes);
        arrivals.merge(other.arrivals, honest);
        names.merge(other.names);
    }

    /** How much is kept, in entries of some 150 bytes; looks through tables. */
    long entries() {
        return trials.entries() + fingerprints.entries() + prefixes.entries() + names.entries() + credits.entries();
    }

    /** Lets go of half of what speaks against somebody: the half that was of use least recently. */
    void halve() {
        trials.halve();
        fingerprints.halve();
        prefixes.halve();
        names.halve();
    }
}
