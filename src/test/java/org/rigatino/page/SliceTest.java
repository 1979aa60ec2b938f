package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

class SliceTest {
    @Test
    void anImageIsFoundBySeriesInstanceAndFrame() {
        Dataset header = new Dataset().put(Tag.SeriesNumber, 7).put(Tag.InstanceNumber, 12);

        assertThat(Slice.of(header)).contains(new Slice("7", "12", false));
        assertThat(Slice.of(header.put(Tag.NumberOfFrames, 1))).contains(new Slice("7", "12", false));
        assertThat(Slice.of(header.put(Tag.NumberOfFrames, 30))).contains(new Slice("7", "12", true));
    }

    /** PS3.3 C.7.3.1 and C.7.6.1: both numbers are Type 2. */
    @Test
    void numbersMayBeEmpty() {
        assertThat(Slice.of(new Dataset().put(Tag.SeriesNumber, "").put(Tag.InstanceNumber, 12)))
                .contains(new Slice("–", "12", false));
        assertThat(Slice.of(new Dataset().put(Tag.SeriesNumber, 7))).isEmpty();
    }
}
