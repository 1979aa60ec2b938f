package org.rigatino.result;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** How results are drawn and filed, as a site sets it. Whatever changes here changes the UIDs of what is made. */
@ConfigMapping(prefix = "rigatino.result")
public interface SiteResultConfiguration {
    /** Modality (0008,0060) of overlays, or {@code SOURCE} for that of the image they are made from. */
    @WithDefault("OT")
    @Pattern(regexp = "[A-Z0-9]{2,16}", message = "must be OT, SOURCE or another DICOM modality code") String modality();

    /**
     * Where colour and outlines begin, whatever release judges: smaller departures, in multiples of the normal variation at
     * their place, are left without. Without it each release's own.
     */
    Optional<@DecimalMin("0.1") Double> level();

    /** How far colour goes: multiples of the normal variation, above the level, after which it changes no more. */
    @WithDefault("5")
    @DecimalMin("0.1") double span();

    /** Added to the source's Series Number (0020,0011), so that overlays sort after what was acquired. */
    @WithDefault("90000")
    @Min(0) @Max(999_990_000) int seriesNumberBase();
}
