package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.page.StudyContents.Study;
import org.rigatino.web.RevisionView.FindingView;

class StudyContentsTest {
    private static RankedImage image(int rank, String sop) {
        return new RankedImage(rank, new FindingView(1, sop, 1, "m", "1", "d", 0.5, 50, false, List.of()), null);
    }

    private static Place place(int rank, String sop, String number) {
        return new Place(rank, "1", sop, 1, "d", false, null, new Slice("1", number, false));
    }

    /** An outcome was recorded between the two questions. */
    @Test
    void noImageHasTheNumberOfAnother() {
        Study study = new Study(
                "1", List.of(), List.of(image(1, "1.1"), image(2, "1.2")), 2, List.of(), 0, List.of(), List.of(), 0);
        List<Place> later = List.of(place(1, "1.2", "7"), place(2, "1.1", "8"));
        assertThat(new StudyContents().image(study, later.get(0)))
                .hasValue(image(1, "1.2").in(later.get(0).slice()));
        assertThat(SeriesOrder.numbered(study, later)).isEqualTo(study);
        List<Place> same = List.of(place(1, "1.1", "8"), place(2, "1.2", "7"));
        assertThat(SeriesOrder.numbered(study, same).images())
                .extracting(image -> image.slice().instanceNumber())
                .containsExactly("8", "7");
    }
}
