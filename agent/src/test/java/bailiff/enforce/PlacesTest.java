package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlacesTest {

    @Test
    void contains_randomPlaces_isWhatASetSays() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Places places = new Places(random.nextInt(3_000), seed);
            Set<Place> oracle = new HashSet<>();
            for (int i = 0; i < 5_000; i++) {
                Place place = place(random);
                places.add(place.jail(), place.subject(), true);
                oracle.add(place);
            }

            for (int i = 0; i < 20_000; i++) {
                Place place = place(random);
                assertThat(places.contains(place.jail(), place.subject())).isEqualTo(oracle.contains(place));
            }
            oracle.forEach(place ->
                    assertThat(places.contains(place.jail(), place.subject())).isTrue());
        }
    }

    @Test
    void lasting_countsEachOnceByJailFamilyAndLength() {
        Places places = new Places(0, 1);
        Cidr single = IpAddress.ofV4(1).alone();

        places.add("web", single, true);
        places.add("web", single, true);
        places.add("web", IpAddress.ofV4(2).alone(), false);
        places.add("web", IpAddress.ofV4(0).prefix(24), true);
        places.add("ssh", new IpAddress(1, 1).prefix(64), true);

        assertThat(places.lasting(BanSet.ofSingle("web", true))).isEqualTo(1);
        assertThat(places.lasting(new BanSet("web", true, 24))).isEqualTo(1);
        assertThat(places.lasting(new BanSet("ssh", false, 64))).isEqualTo(1);
        assertThat(places.lasting(new BanSet("ssh", false, 128))).isZero();
        assertThat(places.lasting(new BanSet("mail", false, 128))).isZero();
    }

    private static Place place(SplittableRandom random) {
        IpAddress address =
                random.nextBoolean() ? IpAddress.ofV4(random.nextInt(5_000)) : new IpAddress(1, random.nextInt(2_000));
        return new Place("jail" + random.nextInt(3), address.prefix(address.width() - random.nextInt(3) * 8));
    }
}
