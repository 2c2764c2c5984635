package bailiff.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddressTableTest {

    private static final int SEED = 5;

    private final AddressTable table = new AddressTable(1, SEED);

    @Test
    void find_networkThatIsNotThere_givesNone() {
        assertThat(table.find(network("192.0.2.1"))).isEqualTo(AddressTable.NONE);

        table.add(network("192.0.2.1"));

        assertThat(table.find(network("192.0.2.2"))).isEqualTo(AddressTable.NONE);
        assertThat(table.find(network("192.0.2.0/31"))).isEqualTo(AddressTable.NONE);
    }

    @Test
    void mark_anyNumberOf24Bits_leavesTheRestAlone() {
        int at = table.add(network("2001:db8::/128"));
        table.set(at, 0, -7);

        table.mark(at, 0xffffff);

        assertThat(table.mark(at)).isEqualTo(0xffffff);
        assertThat(table.word(at, 0)).isEqualTo(-7);
        assertThat(table.network(at)).isEqualTo(network("2001:db8::/128"));
        table.mark(at, 1);
        assertThat(table.mark(at)).isOne();
    }

    @Test
    void covering_nestedNetworks_givesTheNarrowestFirst() {
        table.add(network("192.0.2.0/24"));
        table.add(network("0.0.0.0/0"));
        table.add(network("192.0.2.1"));
        table.add(network("::/0"));

        assertThat(covering("192.0.2.1")).containsExactly("192.0.2.1", "192.0.2.0/24", "0.0.0.0/0");
        assertThat(covering("192.0.2.9")).containsExactly("192.0.2.0/24", "0.0.0.0/0");
        assertThat(covering("2001:db8::1")).containsExactly("::/0");
    }

    /** Against a map: entries come and go by the thousand, so that buckets split and merge. */
    @Test
    void anyOrderOfCalls_agreesWithAMap() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            AddressTable subject = new AddressTable(1, seed);
            Map<Cidr, Long> model = new HashMap<>();
            for (int i = 0; i < 6_000; i++) {
                boolean isGrowing = i / 1_500 % 2 == 0;
                Cidr key = key(random);
                int at = subject.find(key);
                assertThat(at == AddressTable.NONE ? null : subject.word(at, 0)).isEqualTo(model.get(key));
                if (at == AddressTable.NONE && (isGrowing || random.nextInt(8) == 0)) {
                    subject.set(subject.add(key), 0, i);
                    model.put(key, (long) i);
                } else if (!isGrowing && subject.size() > 0) {
                    int going = random.nextInt(subject.size());
                    model.remove(subject.network(going));
                    subject.remove(going);
                }
                assertThat(subject.size()).isEqualTo(model.size());
            }
            model.forEach((key, value) ->
                    assertThat(subject.word(subject.find(key), 0)).isEqualTo(value));
        }
    }

    @Test
    void remove_entryInTheMiddle_saysWhichOneTookItsPlace() {
        for (int i = 0; i < 1_000; i++) {
            table.add(IpAddress.ofV4(i).alone());
        }

        assertThat(table.remove(3)).isEqualTo(999);
        assertThat(table.network(3)).isEqualTo(IpAddress.ofV4(999).alone());
        assertThat(table.remove(998)).isEqualTo(998);
    }

    /** Addresses that were chosen to meet in one bucket under one seed lie apart under any other. */
    @Test
    void hash_addressesChosenToCollideUnderOneSeed_areSpreadUnderAnother() {
        AddressHash known = new AddressHash(SEED);
        AddressHash secret = new AddressHash(SEED + 1);
        int buckets = 1 << 10;
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; chosen.size() < 4_000; i++) {
            // What the owner of 2001:db8::/32 can choose: the /64s in it.
            if ((known.of(0x20010db8_00000000L | i, 0, 64) & (buckets - 1)) == 0) {
                chosen.add(i);
            }
        }

        int[] load = new int[buckets];
        for (int i : chosen) {
            load[secret.of(0x20010db8_00000000L | i, 0, 64) & (buckets - 1)]++;
        }

        assertThat(Arrays.stream(load).max().orElseThrow()).as("4 on average").isLessThan(24);
    }

    @Test
    void hash_addressesInARow_areSpread() {
        AddressHash hash = new AddressHash(SEED);
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 4_096; i++) {
            taken.add(hash.of(0, IpAddress.ofV4(0xC0000200 + i).low(), 32) & 4_095);
        }

        // 63 % of the buckets for chance; a row may well do better, and must not do much worse.
        assertThat(taken).hasSizeGreaterThan(2_000);
    }

    @Test
    void addressSet_sameAddressTwice_isThereOnce() {
        AddressSet set = new AddressSet(SEED);

        assertThat(set.add(network("192.0.2.1").first())).isTrue();
        assertThat(set.add(network("192.0.2.1").first())).isFalse();
        assertThat(set.add(network("2001:db8::1").first())).isTrue();
        assertThat(set.size()).isEqualTo(2);
    }

    private List<String> covering(String address) {
        IpAddress sought = network(address).first();
        List<String> found = new ArrayList<>();
        int below = 129;
        while (table.covering(sought, below) != AddressTable.NONE) {
            Cidr network = table.network(table.covering(sought, below));
            found.add(network.toString());
            below = network.length();
        }
        return found;
    }

    private static Cidr key(SplittableRandom random) {
        return random.nextBoolean()
                ? IpAddress.ofV4(random.nextInt(2_000)).prefix(24 + random.nextInt(9))
                : new IpAddress(0x20010db8L << 32 | random.nextInt(2_000), 0).prefix(64);
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
