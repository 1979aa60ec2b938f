package org.rigatino.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProductsTest {
    private final Arrays64 arrays = new Arrays64();

    @AfterEach
    void free() {
        arrays.close();
    }

    @Test
    void everyWeightMeetsEveryImageAndPosition() {
        Convolution convolution = arrays.filled(new Convolution(2, 3, 3, 2, 1, true), 1);
        NormedConvolution up = arrays.filled(NormedConvolution.up(2), 1);
        long products = Products.during(() -> {
            convolution.apply(arrays.parameters, arrays.random(5, 2, 8, 8), false);
            up.apply(arrays.parameters, arrays.random(5, 2, 8, 8), false);
        });
        // 3 channels out of 2 by 3x3 on 4x4 positions, and 1 out of 2 by 4x4 from 8x8 positions, of 5 images
        assertThat(products).isEqualTo(5 * (3 * 2 * 9 * 16 + 2 * 16 * 64));
        assertThat(Products.during(() -> {})).isZero();
    }
}
