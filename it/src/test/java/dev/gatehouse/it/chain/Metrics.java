package dev.gatehouse.it.chain;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A scrape of a service's metrics. */
public record Metrics(List<String> lines) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static Metrics read(URI management) throws Exception {
        HttpRequest get = HttpRequest.newBuilder(management.resolve("/q/metrics")).build();
        return new Metrics(HTTP.send(get, HttpResponse.BodyHandlers.ofString()).body().lines().toList());
    }

    /** The sum of a meter's series whose labels contain that text. */
    public double sum(String meter, String label) {
        return lines.stream().filter(line -> line.startsWith(meter) && line.contains(label))
                .mapToDouble(Metrics::value).sum();
    }

    /** The last word of a line, once its exemplar is cut off. */
    private static double value(String line) {
        String series = line.split(" # ", 2)[0];
        return Double.parseDouble(series.substring(series.lastIndexOf(' ') + 1));
    }
}
