package bailiff.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelWatchTest {

    @Test
    void added_elementWithTimeout_isItsAddress() {
        assertThat(KernelWatch.added("add element inet t s { 198.18.0.1 timeout 1d expires 1d }"))
                .contains("198.18.0.1");
        assertThat(KernelWatch.added("add element inet t s6 { 2001:db8::1 }")).contains("2001:db8::1");
    }

    @Test
    void added_anythingElse_isNothing() {
        assertThat(KernelWatch.added("delete element inet t s { 198.18.0.1 }")).isEmpty();
        assertThat(KernelWatch.added("add set inet t s { type ipv4_addr }")).isEmpty();
    }
}
