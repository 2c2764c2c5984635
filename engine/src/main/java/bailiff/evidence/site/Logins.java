package bailiff.evidence.site;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Which accounts logged in from somewhere in the last thirty days, and on how many of them. Not thread-safe. */
final class Logins {

    /** Accounts told apart. */
    static final int MOST = 16;

    /** In days. */
    private static final int LASTS = 30;

    /* FNV-1a of 64 bits: two accounts that meet count as one, which only speaks for fewer people. */
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long[] accounts = new long[0];
    private long[] days = new long[0];
    private long last;

    /** Bit n is a login n days before the last. */
    private int pattern;

    void saw(String account, long day) {
        long key = key(account);
        int at = 0;
        while (at < accounts.length && accounts[at] != key) {
            at++;
        }
        if (at == accounts.length && at < MOST) {
            accounts = Arrays.copyOf(accounts, at + 1);
            days = Arrays.copyOf(days, at + 1);
        } else if (at == MOST) {
            at = oldest();
        }
        accounts[at] = key;
        days[at] = Math.max(days[at], day);
        mark(day);
    }

    private void mark(long day) {
        if (day > last) {
            pattern = day - last < LASTS ? pattern << (int) (day - last) : 0;
            last = day;
        }
        if (last - day < LASTS) {
            pattern |= 1 << (int) (last - day);
        }
    }

    private int oldest() {
        int oldest = 0;
        for (int i = 1; i < days.length; i++) {
            oldest = days[i] < days[oldest] ? i : oldest;
        }
        return oldest;
    }

    int accounts(long now) {
        return (int) Arrays.stream(days).filter(day -> now - day < LASTS).count();
    }

    int days(long now) {
        long behind = Math.max(0, now - last);
        return behind >= LASTS ? 0 : Integer.bitCount(pattern & ((1 << (LASTS - (int) behind)) - 1));
    }

    private static long key(String account) {
        long key = OFFSET;
        for (int i = 0; i < account.length(); i++) {
            key = (key ^ account.charAt(i)) * PRIME;
        }
        return key;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(last);
        out.writeInt(pattern);
        out.writeByte(accounts.length);
        for (int i = 0; i < accounts.length; i++) {
            out.writeLong(accounts[i]);
            out.writeLong(days[i]);
        }
    }

    static Logins read(DataInput in) throws IOException {
        Logins logins = new Logins();
        logins.last = in.readLong();
        logins.pattern = in.readInt();
        int size = in.readUnsignedByte();
        if (size > MOST) {
            throw new IOException("nobody has " + size + " accounts");
        }
        logins.accounts = new long[size];
        logins.days = new long[size];
        for (int i = 0; i < size; i++) {
            logins.accounts[i] = in.readLong();
            logins.days[i] = in.readLong();
        }
        return logins;
    }
}
