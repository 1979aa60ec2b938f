package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.page.Sought.Found;

class SoughtTest {
    private static final List<Place> PLACES = List.of(place(1, "1.1", "b"), place(2, "1.2", "a"), place(3, "1.2", "b"));

    private static Place place(int rank, String sop, String digest) {
        return new Place(rank, "1", sop, 1, digest, false, null, null);
    }

    @Test
    void noOtherImageIsShownForOneWhoseFindingDoesNotStand() {
        assertThat(Sought.of(PLACES, "1.2", 1, "b")).isEqualTo(new Sought(3, Found.AS_ASKED));
        assertThat(Sought.of(PLACES, "1.2", 1, null)).isEqualTo(new Sought(2, Found.AS_ASKED));
        assertThat(Sought.of(PLACES, "1.2", 1, "gone")).isEqualTo(new Sought(2, Found.JUDGED_ANEW));
        assertThat(Sought.of(PLACES, "1.2", 2, "b")).isEqualTo(new Sought(0, Found.NONE));
        assertThat(Sought.of(PLACES, "1.3", 1, "b")).isEqualTo(new Sought(0, Found.NONE));
        assertThat(Sought.of(PLACES, 3)).isEqualTo(new Sought(3, Found.AS_ASKED));
        assertThat(Sought.of(PLACES, 4)).isEqualTo(new Sought(0, Found.NONE));
    }
}
