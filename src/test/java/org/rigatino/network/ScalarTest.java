package org.rigatino.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.restore.PyTorch;

@Slow
class ScalarTest {
    private static final int FACTORS = 200;

    /** With {@code x.mul(3)} instead, most gradients come out as something else. */
    @Test
    void gradientsSeeTheFactorAfterAGarbageCollection() {
        try (NDManager manager = PyTorch.engine().newBaseManager();
                GradientCollector collector = PyTorch.engine().newGradientCollector()) {
            NDArray x = manager.create(new float[FACTORS]);
            x.setRequiresGradient(true);
            NDArray sum = manager.create(0f);
            for (int i = 0; i < FACTORS; i++) {
                sum = sum.add(Scalar.times(x.get(i), 3));
            }
            List<ByteBuffer> others = othersInFreedMemory();
            collector.backward(sum);
            try (NDArray gradient = x.getGradient()) {
                assertThat(Stream.of(gradient.toArray()).map(Number::floatValue))
                        .containsOnly(3f);
            }
            assertThat(others).isNotEmpty();
        }
    }

    private static List<ByteBuffer> othersInFreedMemory() {
        List<ByteBuffer> others = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            collectGarbage();
            for (int i = 0; i < FACTORS; i++) {
                others.add(ByteBuffer.allocateDirect(Float.BYTES).putFloat(0, 1e9f));
            }
        }
        return others;
    }

    /** Returns once what nobody holds has been found and its native memory given back. */
    private static void collectGarbage() {
        ReferenceQueue<Object> found = new ReferenceQueue<>();
        PhantomReference<Object> unheld = new PhantomReference<>(new Object(), found);
        await().until(() -> {
            System.gc();
            return found.poll() == unheld;
        });
    }
}
