package org.rigatino.learn.train;

import boofcv.abst.segmentation.ImageSuperpixels;
import boofcv.factory.segmentation.ConfigSlic;
import boofcv.factory.segmentation.FactoryImageSegmentation;
import boofcv.struct.image.GrayF32;
import boofcv.struct.image.GrayS32;
import boofcv.struct.image.ImageType;

/**
 * SLIC (Achanta et al., SLIC Superpixels Compared to State-of-the-Art Superpixel Methods, 2012).
 *
 * @param segments superpixels asked for; those made are about as many
 * @param compactness weight of distance in the image against distance in intensity, in the units of the intensities
 */
record Superpixels(int segments, double compactness) {
    Superpixels {
        if (segments < 2 || !(compactness > 0)) {
            throw new IllegalArgumentException(segments + " segments of compactness " + compactness
                    + ": at least 2 segments, compactness above 0");
        }
    }

    /** @return for each of the side*side pixels the number of its superpixel, from 0 */
    int[] labels(float[] values, int side) {
        if (segments > values.length / 4) {
            throw new IllegalArgumentException(segments + " segments of " + values.length
                    + " pixels: at most a quarter as many segments as pixels");
        }
        GrayF32 image = new GrayF32(side, side);
        image.setData(values.clone());
        GrayS32 labels = new GrayS32(side, side);
        ImageSuperpixels<GrayF32> slic = FactoryImageSegmentation.slic(
                new ConfigSlic(segments, (float) compactness), ImageType.single(GrayF32.class));
        slic.segment(image, labels);
        return labels.data;
    }

    /** SI: every pixel has the mean of its superpixel. */
    TrainingImage image(TrainingImage image, int side) {
        float[] values = image.values();
        int[] labels = labels(values, side);
        double[] sums = new double[values.length];
        int[] counts = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            sums[labels[i]] += values[i];
            counts[labels[i]]++;
        }
        float[] means = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            means[i] = (float) (sums[labels[i]] / counts[labels[i]]);
        }
        return new TrainingImage(means, image.foreground());
    }
}
