package org.rigatino.page;

import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rigatino.persistence.AgainstNormalStudies;
import org.rigatino.release.ReleaseView;
import org.rigatino.restore.Estimate;
import org.rigatino.triage.RevisionPage;
import org.rigatino.triage.WorklistView;
import org.rigatino.web.EarlierStudies;

/** How templates write values. */
@TemplateExtension
final class Texts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter UTC = TIME.withZone(ZoneOffset.UTC);

    private static final double SMALLEST = 0.1;

    /** Of what is computed and compared, as where a study is judged. */
    private static final double ROUNDING = 1e-9;

    private Texts() {}

    /** ISO 8601 in UTC, as the trail's filters are. */
    static String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** ISO 8601 in the server's time zone. */
    static String local(Instant instant) {
        return TIME.format(instant);
    }

    /** With the decimal sign of the language. */
    static String decimals(double value, Language language) {
        return String.format(language.locale(), "%.1f", value);
    }

    static String label(ScorePlot.Tick tick, Language language) {
        return String.format(language.locale(), "%." + tick.decimals() + "f", tick.value());
    }

    /** {@code secondary capture}, the standard's word in any language. */
    static String words(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A share of a hundred, with no more decimals than it has: {@code 5}, {@code 7.5}. */
    static String perHundred(double share, Language language) {
        DecimalFormat format = new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(language.locale()));
        return format.format(100 * share);
    }

    static String perHundred(AgainstNormalStudies study, Language language) {
        return perHundred(study.falseAlarms(), language);
    }

    /** Never below what it is, in as many places as {@link #perHundred} of what it is set beside. */
    static String pValue(double value, Language language) {
        DecimalFormat format = new DecimalFormat("0.000#", DecimalFormatSymbols.getInstance(language.locale()));
        format.setRoundingMode(RoundingMode.CEILING);
        return format.format(value - ROUNDING);
    }

    /** Of what counts from above 0 on, and is not shown as 0 then. */
    static String amount(double value, Language language) {
        return value > 0 && value < SMALLEST / 2 ? "< " + decimals(SMALLEST, language) : decimals(value, language);
    }

    static String score(double value, Language language) {
        return String.format(language.locale(), "%.3f", value);
    }

    /** Of a judgement: cut as in the legend of its overlay, so that both say the same and 100 is not reached by rounding. */
    static String asDrawn(double value, int decimals, Language language) {
        BigDecimal cut = new BigDecimal(value).setScale(decimals, RoundingMode.FLOOR);
        return String.format(language.locale(), "%." + decimals + "f", cut);
    }

    /** How far apart two images lie; empty where that is not measured. */
    static String apartAs(Beside beside, Language language) {
        return beside.apart() == null ? "" : decimals(beside.apart(), language);
    }

    static boolean drawn(EarlierStudies studies) {
        return EarlierPlot.isDrawn(studies);
    }

    /** Of bytes, in units of 1000 x 1000, whole. */
    static String megabytes(Long bytes) {
        return Long.toString(Math.round(bytes / 1e6));
    }

    /** {@code NAME/VERSION, NAME/VERSION}. */
    static String models(List<ReleaseView.Named> releases) {
        return releases.stream().map(ReleaseView.Named::model).collect(Collectors.joining(", "));
    }

    /** 95 %, in brackets; nothing where there is none. */
    static String interval(Estimate estimate, Language language) {
        return Double.isNaN(estimate.low())
                ? ""
                : "(" + score(estimate.low(), language) + " – " + score(estimate.high(), language) + ")";
    }

    /** Whether its wait put it at the top, and no person. */
    static boolean overdue(WorklistView entry) {
        return WorklistView.ESCALATE_AFTER.equals(entry.escalatedBy());
    }

    /** Of its link, which the keyboard goes to. */
    static String rowId(WorklistView entry) {
        return "study-" + entry.studyInstanceUid();
    }

    static String rowId(RevisionPage.Row entry) {
        return "study-" + entry.studyInstanceUid() + "-" + entry.revision();
    }

    static String waiting(WorklistView entry) {
        return span(Duration.ofSeconds((long) entry.waitingSeconds()));
    }

    /** Two of them at most, by their symbols. */
    static String span(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toMinutes() + " min";
    }
}
