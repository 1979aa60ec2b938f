package org.rigatino.restore;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.training.ParameterStore;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.network.Ensemble;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.ScriptedNetwork;

/** A warm model. Safe for use by several threads; native memory is freed by {@link #close()}. */
public final class Restorer implements Restoration, AutoCloseable {
    /** Images that a network sees at once where a site sets nothing else, and wherever releases are calibrated or measured. */
    public static final int BATCH = 4;

    private static final int LAST_BATCH_SECONDS = 10;

    private final ModelRelease release;
    private final Model model;
    private final int batch;
    private final SecondPass again;
    /** Empty until it is loaded, and where the release has no reader. */
    private Optional<Readings> readings = Optional.empty();

    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    private Restorer(ModelRelease release, Model model, int batch) {
        this.release = release;
        this.model = model;
        this.batch = batch;
        again = new SecondPass(release, batch);
    }

    /**
     * Loads the weights and runs them once.
     *
     * @param device {@code auto}, {@code cpu} or {@code gpu:N}; a GPU asked for and missing is an error
     * @param batch frames that the network sees at once, at least 1, blank ones in the place of those that lack: the last bits
     *     of what it draws depend on how many they are. A TorchScript network sees them one by one: nothing
     *     is known of what it makes of its neighbours in a batch.
     * @throws RestorerException where it does not open: why, and what to do
     * @throws IllegalArgumentException as of {@link PyTorch#device}
     * @throws IllegalStateException as of {@link PyTorch#engine}
     */
    public static Restorer open(ModelRelease release, String device, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("rigatino.restore.batch is " + batch + ": it is at least 1");
        }
        Device place = PyTorch.device(device);
        Model model = Model.newInstance(release.name(), place, "PyTorch");
        boolean foreign = release.file().method().equals(Networks.TORCHSCRIPT);
        Restorer restorer = new Restorer(release, model, foreign ? 1 : batch);
        try {
            restorer.load();
            restorer.requireWhatWasRead();
            restorer.through(List.of(release.input(blank())));
            restorer.readings.ifPresent(Readings::readBlank);
            return restorer;
        } catch (RuntimeException e) {
            restorer.close();
            throw new RestorerException(
                    (e.getMessage() == null ? e.toString() : e.getMessage()) + ". Put release " + release.model()
                            + " back as it was published, or move it away; where memory ran out, give it more",
                    e);
        }
    }

    private void load() {
        ReleaseFile file = release.file();
        ReleaseFile.Network network = file.network();
        int side = file.grid().size();
        if (file.reader() != null) {
            ReleaseFile.Network reader = file.reader().network();
            Ensemble reading = ensemble(ModelRelease.READER_FILE, reader, () -> Networks.reader(reader, side));
            readings = Optional.of(new Readings(reading, model.getNDManager(), side, batch));
        }
        if (file.method().equals(Networks.TORCHSCRIPT)) {
            model.setBlock(scripted(side));
            return;
        }
        Block drawing =
                ensemble(ModelRelease.WEIGHTS_FILE, network, () -> Networks.drawing(file.method(), network, side));
        if (!network.sizes().containsKey(Networks.CRITIC)) {
            model.setBlock(drawing);
            return;
        }
        Block critics = ensemble(ModelRelease.CRITIC_FILE, network, () -> Networks.critic(network, side));
        model.setBlock(new ParallelBlock(
                made -> new NDList(made.get(0).singletonOrThrow(), made.get(1).singletonOrThrow()),
                List.of(drawing, critics)));
    }

    private void requireWhatWasRead() {
        try {
            release.requireUnchanged();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private ScriptedNetwork scripted(int side) {
        Path script = release.directory().resolve(ModelRelease.SCRIPT_FILE);
        try {
            return ScriptedNetwork.read(script, model.getNDManager(), side);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script + ": " + e.getMessage(), e);
        }
    }

    private Ensemble ensemble(String name, ReleaseFile.Network network, Supplier<ImageBlock> empty) {
        Path weights = release.directory().resolve(name);
        try {
            return new Ensemble(Weights.read(weights, model.getNDManager(), network, empty));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + weights + ": " + e.getMessage(), e);
        }
    }

    private static Frame blank() {
        FrameReference nowhere = new FrameReference("", "", "", "", 1);
        return new Frame(nowhere, 1, 1, new float[1], new byte[1], Optional.empty(), Optional.empty());
    }

    /** A site's own number of images at once, on which results' last bits depend; empty where it is {@link #BATCH}. */
    public static OptionalInt ownBatch(int batch) {
        return batch == BATCH ? OptionalInt.empty() : OptionalInt.of(batch);
    }

    public ModelRelease release() {
        return release;
    }

    /** In the frames' order, read and drawn a second time where the release asks for it. The result for a frame does not depend on its batch. A blank frame comes back as it is. */
    public List<RestoredFrame> restore(List<Frame> frames) {
        return restoreInputs(frames.stream().map(release::input).toList());
    }

    /**
     * As {@link #restore(List)}, of frames that this release has framed.
     *
     * @throws RestorerException where it is closed, or the network failed
     */
    public List<RestoredFrame> restoreInputs(List<NetworkInput> inputs) {
        return whileOpen(() -> through(inputs));
    }

    private List<RestoredFrame> through(List<NetworkInput> inputs) {
        List<RestoredFrame> frames = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<SecondPass.Blanked> departs = new ArrayList<>();
        for (FrameTranslator.Drawn drawn : drawn(inputs)) {
            again.blanked(drawn, again.own(drawn)).ifPresent(blanked -> {
                places.add(frames.size());
                departs.add(blanked);
            });
            frames.add(drawn.frame());
        }
        List<RestoredFrame> redrawn = again.over(departs, this::draw);
        for (int i = 0; i < redrawn.size(); i++) {
            frames.set(places.get(i), redrawn.get(i));
        }
        return frames;
    }

    /** The first half of {@link #restoreInputs}, in the frames' order: whatever is beside a frame does not matter yet. */
    List<FrameTranslator.Drawn> first(List<NetworkInput> inputs) {
        return whileOpen(() -> drawn(inputs));
    }

    /** What is to be drawn again of a frame that knows its neighbours; empty where nothing is. */
    Optional<SecondPass.Blanked> departs(FirstDrawing.Joined<?> frame) {
        return again.blanked(frame.drawn(), frame.map());
    }

    /** The second half of {@link #restoreInputs}, in the frames' order. */
    List<RestoredFrame> again(List<SecondPass.Blanked> departs) {
        return whileOpen(() -> again.over(departs, this::draw));
    }

    /** Images that the network sees at once. */
    int batch() {
        return batch;
    }

    private <T> T whileOpen(Supplier<T> work) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new RestorerException("model release " + release.model() + " is closed", null);
            }
            return whileItWorks(work);
        } finally {
            use.readLock().unlock();
        }
    }

    /** The engine's own words may hold what it was given. */
    private <T> T whileItWorks(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw new RestorerException(
                    "model release " + release.model() + " failed on a batch of frames: "
                            + (e instanceof RestorerException
                                    ? e.getMessage()
                                    : e.getClass().getSimpleName() + ", see the worker's log")
                            + ". Where other studies fail so too, put the release back as it was published, or give its"
                            + " network more memory or another device; then replay the study",
                    e);
        }
    }

    private List<FrameTranslator.Drawn> drawn(List<NetworkInput> inputs) {
        List<FrameTranslator.Drawn> drawn = new ArrayList<>(inputs.size());
        try (Predictor<List<NetworkInput>, List<FrameTranslator.Drawn>> predictor =
                model.newPredictor(new FrameTranslator(release.file(), batch))) {
            for (int from = 0; from < inputs.size(); from += batch) {
                drawn.addAll(predictor.predict(inputs.subList(from, Math.min(from + batch, inputs.size()))));
            }
        } catch (TranslateException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
        }
        return readings.map(reader -> reader.over(drawn)).orElse(drawn);
    }

    @Override
    public Optional<float[]> reading(float[] values, float[] restored) {
        return readings.map(reader -> Arrays.copyOf(reader.read(inBatch(values), inBatch(restored)), values.length));
    }

    /** One pass of the network over a batch of noise, without what comes before and after: for benchmarks. */
    public float[] pass() {
        int side = release.file().grid().size();
        try (NDManager scratch = model.getNDManager().newSubManager()) {
            NDArray noise = scratch.randomUniform(-1, 1, new Shape(batch, 1, side, side));
            ParameterStore weights = new ParameterStore(scratch, false);
            return model.getBlock()
                    .forward(weights, new NDList(noise), false)
                    .get(0)
                    .toFloatArray();
        }
    }

    /** What a batch goes through at most: drawing, reader and second drawing, as far as the release has them. For benchmarks. */
    public void allPasses() {
        pass();
        readings.ifPresent(Readings::readBlank);
        if (release.file().redrawing() != null) {
            pass();
        }
    }

    @Override
    public OptionalDouble critic(float[] values) {
        if (!release.file().network().sizes().containsKey(Networks.CRITIC)) {
            return OptionalDouble.empty();
        }
        int side = release.file().grid().size();
        try (NDManager scratch = model.getNDManager().newSubManager()) {
            NDArray images = scratch.create(inBatch(values), new Shape(batch, 1, side, side));
            NDList made = model.getBlock().forward(new ParameterStore(scratch, false), new NDList(images), false);
            float[] logits = made.get(1).toFloatArray();
            return FrameTranslator.mean(logits, 0, batch);
        }
    }

    /**
     * What the model draws for an image that is framed and normalised as the release says: the same to the last bit as in
     * {@link #restoreInputs}, before what departs is drawn again.
     *
     * @param values size*size, or several one after another
     */
    @Override
    public float[] restore(float[] values) {
        return Arrays.copyOf(draw(inBatch(values)), values.length);
    }

    /** Before blank images, where they are fewer than the network sees at once. */
    private float[] inBatch(float[] values) {
        int side = release.file().grid().size();
        return Arrays.copyOf(values, Math.max(values.length, batch * side * side));
    }

    /** @param values any number of size*size */
    private float[] draw(float[] values) {
        int side = release.file().grid().size();
        try (NDManager scratch = model.getNDManager().newSubManager()) {
            NDArray image = scratch.create(values, new Shape(values.length / (side * side), 1, side, side));
            ParameterStore weights = new ParameterStore(scratch, false);
            return model.getBlock()
                    .forward(weights, new NDList(image), false)
                    .get(0)
                    .toFloatArray();
        }
    }

    /** Once nothing is drawn any more; native memory of a network that does not end is left to the end of the process. */
    @Override
    public void close() {
        try {
            if (!use.writeLock().tryLock(LAST_BATCH_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            closed = true;
            model.close();
        } finally {
            use.writeLock().unlock();
        }
    }
}
