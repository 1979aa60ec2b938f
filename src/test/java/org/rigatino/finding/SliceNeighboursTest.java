package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Slab;

class SliceNeighboursTest {
    private static Dataset header(String series, double z) {
        return PixelFiles.flair("2.25.9", 1, new short[1])
                .put(Tag.SeriesInstanceUID, series)
                .put(Tag.SliceThickness, "100")
                .put(Tag.ImagePositionPatient, "0", "0", Double.toString(z));
    }

    private static Optional<StackedSlice> axial(String series, double z) {
        return slice(header(series, z));
    }

    private static Optional<StackedSlice> slice(Dataset header) {
        return slice(header, 1);
    }

    private static Optional<StackedSlice> slice(Dataset header, int frames) {
        try {
            return Slab.of(header, frames, 1).map(StackedSlice::of);
        } catch (DicomException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of slices so thick that places alone tell. */
    private static SliceNeighbours of(double... positions) {
        return new SliceNeighbours(
                DoubleStream.of(positions).mapToObj(z -> axial("2.25.1", z)).toList());
    }

    @Test
    void slicesAreOrderedByTheirPlacesNotByTheirArrival() {
        SliceNeighbours neighbours = of(10, 0, 5, 15);
        assertThat(neighbours.order()).containsExactly(1, 2, 0, 3);
        assertThat(neighbours.of(1)).containsExactly(2);
        assertThat(neighbours.of(2)).containsExactly(1, 0);
        assertThat(neighbours.of(0)).containsExactly(2, 3);
        assertThat(neighbours.of(3)).containsExactly(0);
        assertThat(neighbours.areNeighbours(0, 3)).isTrue();
        assertThat(neighbours.areNeighbours(3, 0)).isTrue();
        assertThat(neighbours.areNeighbours(1, 0)).isFalse();
    }

    @Test
    void wherePlacesAreMissingThoseBesideThemAreNoNeighbours() {
        SliceNeighbours neighbours = of(0, 5, 15, 20, 25);
        assertThat(neighbours.of(1)).containsExactly(0);
        assertThat(neighbours.of(2)).containsExactly(3);
        assertThat(neighbours.order()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void whatLiesTwiceAtOnePlaceIsNobodysNeighbour() {
        SliceNeighbours neighbours = of(0, 5, 5, 10, 15);
        assertThat(neighbours.of(0)).isEmpty();
        assertThat(neighbours.of(1)).isEmpty();
        assertThat(neighbours.of(2)).isEmpty();
        assertThat(neighbours.of(3)).containsExactly(4);
        assertThat(neighbours.order()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void otherSeriesOtherDirectionsAndProjectionsDoNotCount() {
        Dataset sagittal = header("2.25.1", 10).put(Tag.ImageOrientationPatient, "0", "1", "0", "0", "0", "1");
        SliceNeighbours neighbours = new SliceNeighbours(List.of(
                axial("2.25.1", 0),
                axial("2.25.2", 5),
                axial("2.25.1", 5),
                slice(sagittal),
                Optional.empty(),
                Optional.empty()));
        assertThat(neighbours.of(0)).containsExactly(2);
        assertThat(neighbours.of(2)).containsExactly(0);
        for (int alone : new int[] {1, 3, 4, 5}) {
            assertThat(neighbours.of(alone)).isEmpty();
        }
        assertThat(neighbours.order()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void oneSliceHasNoNeighbour() {
        assertThat(of(3).of(0)).isEmpty();
        assertThat(of(3).order()).containsExactly(0);
        assertThat(of().order()).isEmpty();
    }

    private static boolean beside(Dataset other) {
        Dataset one = header("2.25.1", 0).put(Tag.SliceThickness, "5");
        return new SliceNeighbours(List.of(slice(one), slice(other))).areNeighbours(0, 1);
    }

    @Test
    void neighboursAreOfOnePatientAndLeaveNoRoomBetweenThem() {
        Dataset next = header("2.25.1", 5).put(Tag.SliceThickness, "5");
        assertThat(beside(next)).isTrue();
        assertThat(beside(next.put(Tag.PatientSex, "F"))).isFalse();
        Dataset far = header("2.25.1", 8).put(Tag.SliceThickness, "5");
        assertThat(beside(far)).as("there is room for a slice").isFalse();
        Dataset unsaid = header("2.25.1", 5).put(Tag.SliceThickness, "");
        assertThat(beside(unsaid)).as("how thick it is").isFalse();
        Dataset broken = header("2.25.1", 5).put(Tag.PixelSpacing, "1");
        assertThat(beside(broken)).as("what cannot be read").isFalse();
    }

    @Test
    void framesOfOneInstanceAreAStackOfTheirOwn() {
        Optional<StackedSlice> frame = slice(header("2.25.1", 5), 2);
        assertThat(new SliceNeighbours(List.of(axial("2.25.1", 0), frame)).of(0))
                .isEmpty();
        assertThat(new SliceNeighbours(List.of(slice(header("2.25.1", 0), 2), frame)).of(0))
                .containsExactly(1);
        Optional<StackedSlice> ofOthers = axial("2.25.1", 5).map(slice -> slice.among("another release"));
        assertThat(new SliceNeighbours(List.of(axial("2.25.1", 0), ofOthers)).of(0))
                .isEmpty();
    }

    @Test
    void whatIsRefusedByItsPixelsIsNobodysNeighbour() {
        SliceNeighbours neighbours = of(0, 5, 10, 15);
        neighbours.refuse(1);
        assertThat(neighbours.of(0)).isEmpty();
        assertThat(neighbours.of(1)).isEmpty();
        assertThat(neighbours.of(2)).containsExactly(3);
        assertThat(neighbours.areNeighbours(2, 1)).isFalse();
        assertThat(neighbours.order()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void ofPicturesTheNextNumberIsTheNextSlice() {
        SliceNeighbours neighbours = new SliceNeighbours(List.of(
                Optional.of(StackedSlice.numbered("a", 1)),
                Optional.of(StackedSlice.numbered("a", 3)),
                Optional.of(StackedSlice.numbered("a", 5)),
                Optional.of(StackedSlice.numbered("a", 6)),
                Optional.of(StackedSlice.numbered("b", 7))));
        assertThat(neighbours.of(0)).as("whatever is usual in its series").isEmpty();
        assertThat(neighbours.of(2)).containsExactly(3);
        assertThat(neighbours.of(3)).containsExactly(2);
    }
}
