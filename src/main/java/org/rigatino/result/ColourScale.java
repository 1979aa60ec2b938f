package org.rigatino.result;

/**
 * From a departure in units of the normals' spread to colour over gray. Lightness rises in even steps along the scale
 * (OKLab 0.45 to 0.92, hue from violet over red to yellow), so that it also reads without colour vision.
 */
public final class ColourScale {
    private static final int[] STOPS = {
        0x6C1BB9, 0x831EB6, 0x9A20B0, 0xAF23A7, 0xC4279B, 0xD72C8E, 0xE9347E, 0xF93F6C, 0xFF575C, 0xFF7054, 0xFE8551,
        0xFE9850, 0xFFA950, 0xFEB952, 0xFFC94F, 0xFFD835, 0xF9EA0B
    };
    private static final double FAINTEST = 0.35;
    private static final double STRONGEST = 0.65;

    private final double level;
    private final double span;

    public ColourScale(double level, double span) {
        this.level = level;
        this.span = span;
    }

    /** 0xRRGGBB; gray itself below the level and where the departure is not a number. @param gray 0 to 255 */
    public int over(int gray, double departure) {
        if (!(departure >= level)) {
            return gray << 16 | gray << 8 | gray;
        }
        double t = Math.min(1, (departure - level) / span);
        double opacity = FAINTEST + (STRONGEST - FAINTEST) * t;
        int colour = colour(t);
        return mix(gray, colour >> 16 & 0xFF, opacity) << 16
                | mix(gray, colour >> 8 & 0xFF, opacity) << 8
                | mix(gray, colour & 0xFF, opacity);
    }

    private static int colour(double t) {
        double at = t * (STOPS.length - 1);
        int stop = Math.min((int) at, STOPS.length - 2);
        double part = at - stop;
        int from = STOPS[stop];
        int to = STOPS[stop + 1];
        return mix(from >> 16 & 0xFF, to >> 16 & 0xFF, part) << 16
                | mix(from >> 8 & 0xFF, to >> 8 & 0xFF, part) << 8
                | mix(from & 0xFF, to & 0xFF, part);
    }

    private static int mix(int from, int to, double part) {
        return (int) (from + (to - from) * part + 0.5);
    }
}
