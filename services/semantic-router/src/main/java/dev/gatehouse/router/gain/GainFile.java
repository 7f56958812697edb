package dev.gatehouse.router.gain;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.router.gain.PastRequests.Teller;
import dev.gatehouse.router.matrix.Columns;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A gain model's file: gzip over numbers, big-endian. It holds weights of hashed words and places of requests, no text. */
final class GainFile {

    private static final int FORMAT = 0x47474E32;

    private GainFile() {}

    static GainModel read(InputStream from) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(from))) {
            if (in.readInt() != FORMAT) {
                throw new IOException("not a gain model of this version");
            }
            int dimensions = count(in, Int8Vector.MAX_DIMENSIONS);
            int axes = count(in, Meaning.AXES);
            int rows = count(in, GainModel.MOST_ROWS);
            Words words = new Words(floats(in, Words.BUCKETS));
            Meaning meaning = new Meaning(floats(in, dimensions), new Columns(floats(in, dimensions * axes), dimensions, axes));
            Neighbours neighbours = new Neighbours(places(in, axes, rows));
            Ranks ranks = new Ranks(doubles(in), doubles(in));
            return new GainModel(new PastRequests(words, meaning, neighbours, teller(in, rows), teller(in, rows)), ranks);
        }
    }

    private static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > most) {
            throw new IOException("a gain model with a count of " + count);
        }
        return count;
    }

    private static Columns places(DataInputStream in, int axes, int rows) throws IOException {
        Columns places = Columns.empty(axes, rows);
        for (int row = 0; row < rows; row++) {
            byte[] bytes = new byte[axes];
            in.readFully(bytes);
            float[] place = new float[axes];
            for (int i = 0; i < axes; i++) {
                place[i] = bytes[i];
            }
            Lengths.toOne(place);
            places.setColumn(row, place);
        }
        return places;
    }

    private static Teller teller(DataInputStream in, int rows) throws IOException {
        return new Teller(in.readFloat(), floats(in, Words.BUCKETS), floats(in, rows));
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = in.readFloat();
        }
        return floats;
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] doubles = new double[Ranks.STEPS + 1];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = in.readDouble();
        }
        return doubles;
    }

    static void write(OutputStream to, PastRequests past, Ranks ranks) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(to))) {
            out.writeInt(FORMAT);
            Meaning meaning = past.meaning();
            Columns places = past.neighbours().places();
            out.writeInt(meaning.mean().length);
            out.writeInt(meaning.axes().columns());
            out.writeInt(places.columns());
            write(out, past.words().rarity());
            write(out, meaning.mean());
            write(out, meaning.axes().values());
            for (int row = 0; row < places.columns(); row++) {
                out.write(Neighbours.bytes(places.column(row)));
            }
            write(out, ranks.worths());
            write(out, ranks.gains());
            for (Teller teller : List.of(past.weak(), past.strong())) {
                out.writeFloat(teller.mean());
                write(out, teller.ofWords());
                write(out, teller.ofRows());
            }
        }
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }
}
