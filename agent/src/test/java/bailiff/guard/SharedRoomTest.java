package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedRoomTest {

    @Test
    void take_moreThanIsLeft_isRefusedAndTakesNothing() {
        SharedRoom room = new SharedRoom(10);

        assertThat(room.take(6)).isTrue();
        assertThat(room.take(6)).isFalse();
        assertThat(room.take(4)).isTrue();
    }

    @Test
    void giveBack_takenRoom_canBeTakenAgain() {
        SharedRoom room = new SharedRoom(10);
        room.take(10);

        room.giveBack(3);

        assertThat(room.take(4)).isFalse();
        assertThat(room.take(3)).isTrue();
    }
}
