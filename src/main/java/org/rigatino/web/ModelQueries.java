package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.finding.NormalStudiesInForce;
import org.rigatino.monitor.Drift;
import org.rigatino.monitor.JudgedStudies;
import org.rigatino.monitor.LiveScores;
import org.rigatino.monitor.MonitorConfiguration;
import org.rigatino.monitor.ScoreBins;
import org.rigatino.release.RecordedRelease;
import org.rigatino.release.ReleaseView;
import org.rigatino.release.ReleasesOnRecord;
import org.rigatino.release.Standings;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.ReleaseMetrics;
import org.rigatino.restore.ReleasesAtHand;

/** The releases that are here, as their files say, and what the record says of their scores. */
@ApplicationScoped
public class ModelQueries {
    @Inject
    ReleasesAtHand atHand;

    @Inject
    ReleasesOnRecord onRecord;

    @Inject
    Standings standings;

    @Inject
    NormalStudiesInForce inForce;

    @Inject
    JudgedStudies judgedStudies;

    @Inject
    LiveScores scores;

    @Inject
    MonitorConfiguration configuration;

    /** One that judged images of late and is not here. */
    public record Gone(String name, String version, String digest, long images) {}

    /**
     * By name and version.
     *
     * @throws ServiceUnavailableException where the releases cannot be read here
     */
    public List<ModelView> all() throws SQLException {
        List<ModelView> views = new ArrayList<>();
        for (ModelRelease release : releases()) {
            views.add(view(release));
        }
        return views;
    }

    /** Empty where it is not here. */
    public Optional<ModelView> find(String digest) throws SQLException {
        Optional<ModelRelease> release = release(digest);
        return release.isEmpty() ? Optional.empty() : Optional.of(view(release.get()));
    }

    public List<Gone> gone() throws SQLException {
        Set<String> here = releases().stream().map(ModelRelease::digest).collect(Collectors.toSet());
        return scores.latest().stream()
                .filter(live -> !here.contains(live.modelDigest()))
                .map(live -> new Gone(
                        live.modelName(),
                        live.modelVersion(),
                        live.modelDigest(),
                        live.drift().images()))
                .toList();
    }

    /** Those that serve by the record and are not here. */
    public List<ReleaseView> absent() {
        Set<String> here = releases().stream().map(ModelRelease::digest).collect(Collectors.toSet());
        return onRecord.all().stream()
                .filter(release -> release.serves() && !here.contains(release.digest()))
                .toList();
    }

    /** Markdown; empty where there is none. */
    public Optional<String> card(String digest) throws IOException {
        Optional<ModelRelease> release = release(digest);
        return release.isEmpty() ? Optional.empty() : release.get().card();
    }

    private Optional<ModelRelease> release(String digest) {
        return releases().stream()
                .filter(release -> release.digest().equals(digest))
                .findFirst();
    }

    /** Superseded ones where the record knows them. */
    private List<ModelRelease> releases() {
        try {
            List<ModelRelease> all = atHand.all();
            List<ModelRelease> current = ModelReleases.current(all);
            Set<String> known =
                    standings.all().stream().map(RecordedRelease::digest).collect(Collectors.toSet());
            return all.stream()
                    .filter(release -> current.contains(release) || known.contains(release.digest()))
                    .toList();
        } catch (IOException e) {
            throw new ServiceUnavailableException(e.getMessage());
        }
    }

    private ModelView view(ModelRelease release) throws SQLException {
        ReleaseFile file = release.file();
        Map<String, Object> metrics = null;
        String metricsError = null;
        try {
            metrics = ReleaseMetrics.of(release).map(ReleaseMetrics::metrics).orElse(null);
        } catch (IOException e) {
            metricsError = e.getMessage();
        }
        Optional<ReleaseView> known = onRecord.find(release.digest());
        return new ModelView(
                release.name(),
                release.version(),
                release.digest(),
                file.method(),
                file.purpose(),
                file.limits(),
                file.eligibility(),
                file.scoring(),
                ModelView.Calibration.of(file.calibration()),
                ModelView.Training.of(file.training()),
                file.reader() == null
                        ? null
                        : ModelView.Training.of(file.reader().training()),
                metrics,
                metricsError,
                studies(release, known.filter(ReleaseView::serves).isPresent()),
                file.likeness(),
                known.orElse(null),
                live(release.digest(), file.calibration()));
    }

    private ModelView.Studies studies(ModelRelease release, boolean serves) throws SQLException {
        Optional<NormalStudies> normals = normals(release);
        if (normals.isEmpty()) {
            return null;
        }
        Optional<JudgedStudies.OfRelease> judged = judgedStudies.of(release.digest());
        return new ModelView.Studies(
                normals.get().neighbours(),
                normals.get().scores().size(),
                normals.get().smallestP(),
                normals.get().falseAlarms(),
                normals.get().data(),
                judged.map(JudgedStudies.OfRelease::judged).orElse(0L),
                judged.map(JudgedStudies.OfRelease::flagged).orElse(0L),
                configuration.drift().window().toSeconds(),
                judged.map(of -> of.judging(serves).toSeconds()).orElse(0L));
    }

    private Optional<NormalStudies> normals(ModelRelease release) {
        try {
            return inForce.of(release);
        } catch (IllegalArgumentException e) {
            if (onRecord.find(release.digest()).filter(ReleaseView::serves).isEmpty()) {
                return Optional.empty();
            }
            throw new ServiceUnavailableException(e.getMessage());
        }
    }

    private ModelView.Live live(String digest, Calibration calibration) throws SQLException {
        ScoreBins bins = ScoreBins.around(calibration.scores());
        LiveScores.ByScore live = scores.of(digest, bins);
        Drift drift = live.drift();
        return new ModelView.Live(
                drift.images(),
                configuration.drift().window().toSeconds(),
                configuration.drift().images(),
                present(drift.stabilityIndex()),
                present(drift.byChance(calibration.scores().size())),
                present(drift.largestGap()),
                drift.standing(),
                bins,
                live.scores(),
                bins.counts(calibration.scores()));
    }

    /** JSON has no NaN. */
    private static Double present(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
