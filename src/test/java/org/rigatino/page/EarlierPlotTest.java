package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.rigatino.web.EarlierStudies;
import org.rigatino.web.EarlierStudies.OfRelease;
import org.rigatino.web.EarlierStudies.Restored;

class EarlierPlotTest {
    private static OfRelease said(String version, String digest, String settings, double score, Double millilitres) {
        return new OfRelease("brain", version, digest, settings, score, 90, 20, 1, millilitres);
    }

    private static Restored study(Long daysBefore, OfRelease... findings) {
        return new Restored("1.2", "20260101", daysBefore, List.of(), List.of(), null, List.of(findings));
    }

    private static EarlierStudies of(Restored now, Restored... earlier) {
        return new EarlierStudies(now, List.of(earlier), earlier.length, 0, 0, 0, null);
    }

    @Test
    void noLineJoinsScoresOfTwoReleasesOrOfOneWithTwoSettings() {
        EarlierStudies studies = of(
                study(0L, said("2", "bb", "s1", 3, 1.5)),
                study(10L, said("2", "bb", "s2", 4, null), said("1", "aa", "s1", 70, null)),
                study(20L, said("2", "bb", "s1", 5, 2.5), said("1", "aa", "s1", 80, null)),
                study(null, said("2", "bb", "s1", 99, 99.0)));
        assertThat(EarlierPlot.lines(studies, OfRelease::score))
                .hasValue(Map.of(
                        "brain/2 bb s1", sorted(0, 3.0, -20, 5.0),
                        "brain/2 bb s2", sorted(-10, 4.0),
                        "brain/1", sorted(-10, 70.0, -20, 80.0)));
        assertThat(EarlierPlot.lines(studies, OfRelease::millilitres))
                .hasValue(Map.of("brain/2", sorted(0, 1.5, -20, 2.5)));
    }

    private static SortedMap<Integer, Double> sorted(Object... pairs) {
        SortedMap<Integer, Double> points = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            points.put((Integer) pairs[i], (Double) pairs[i + 1]);
        }
        return points;
    }

    @Test
    void onePointAndManyAreDrawnAndWithoutAnEarlierOneNothingIs() throws Exception {
        EarlierStudies one = of(study(0L, said("1", "aa", "s", 3, null)), study(0L, said("1", "aa", "s", 4, null)));
        EarlierStudies many = of(study(0L, said("1", "aa", "s", 3, 1.0)), study(400L, said("1", "aa", "s", 4, 2.0)));
        assertThat(EarlierPlot.isDrawn(one)).isTrue();
        for (Language language : Language.values()) {
            assertThat(ImageIO.read(new ByteArrayInputStream(EarlierPlot.png(one, language)))
                            .getWidth())
                    .isEqualTo(480);
            assertThat(ImageIO.read(new ByteArrayInputStream(EarlierPlot.png(many, language)))
                            .getHeight())
                    .isGreaterThan(400);
        }
        assertThat(EarlierPlot.isDrawn(of(study(0L, said("1", "aa", "s", 3, null)))))
                .isFalse();
    }
}
