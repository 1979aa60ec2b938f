package org.rigatino.worker;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** HAPI's server, with its own validation of what comes, which answers as it is told. */
final class Hl7Engine implements ReceivingApplication<Message>, AutoCloseable {
    final List<Message> received = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<AcknowledgmentCode>> answers = new ConcurrentHashMap<>();

    private final HapiContext context = new DefaultHapiContext();
    private final HL7Service server;

    Hl7Engine(int port) throws InterruptedException {
        // The default keeps its count in a file.
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        context.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
        server = context.newServer(port, false);
        server.registerApplication("ORU", "R01", this);
        server.startAndWait();
    }

    /** To the next messages of a study, one after the other; AA to all others. */
    void answer(MrStudy study, AcknowledgmentCode... codes) {
        answers.put(study.uid(), new ConcurrentLinkedDeque<>(List.of(codes)));
    }

    @Override
    public Message processMessage(Message message, Map<String, Object> metadata) throws HL7Exception {
        received.add(message);
        Deque<AcknowledgmentCode> next = answers.get(observation(new Terser(message), "113014"));
        AcknowledgmentCode code = next == null || next.isEmpty() ? AcknowledgmentCode.AA : next.poll();
        try {
            return message.generateACK(code, code == AcknowledgmentCode.AA ? null : new HL7Exception("not today"));
        } catch (IOException e) {
            throw new HL7Exception(e);
        }
    }

    @Override
    public boolean canProcess(Message message) {
        return true;
    }

    /** What came of a study, in its order: other tests share the worker. */
    List<Message> of(MrStudy study) throws HL7Exception {
        List<Message> messages = new ArrayList<>();
        for (Message message : received) {
            if (study.uid().equals(observation(new Terser(message), "113014"))) {
                messages.add(message);
            }
        }
        return messages;
    }

    /** OBX-5.1 of the first OBX with that code; null where it is empty. */
    static String observation(Terser message, String code) throws HL7Exception {
        for (int i = 0; ; i++) {
            String path = "/PATIENT_RESULT/ORDER_OBSERVATION/OBSERVATION(" + i + ")/OBX";
            String found = message.get(path + "-3-1");
            if (found == null) {
                throw new AssertionError("the message has no observation " + code);
            }
            if (found.equals(code)) {
                return message.get(path + "-5-1");
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.stopAndWait();
        context.close();
    }
}
