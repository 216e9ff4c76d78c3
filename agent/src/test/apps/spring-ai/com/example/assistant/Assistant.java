package com.example.assistant;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An assistant that reads the name of a scenario from each line of its input, plays it against the server whose address is
 * its argument, and prints how it went on one line. Uses only what every supported version of the library has.
 */
@SpringBootApplication
public class Assistant {

    public static void main(String[] arguments) {
        System.setProperty("provider", arguments[0]);
        System.exit(SpringApplication.exit(SpringApplication.run(Assistant.class, arguments)));
    }

    @Bean
    VectorStore vectorStore(EmbeddingModel embeddings) {
        return SimpleVectorStore.builder(embeddings).build();
    }

    @Bean
    CommandLineRunner player(Scenarios scenarios) {
        return arguments -> {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
                System.out.println("> " + scenarios.play(scenario).replace('\n', ' '));
            }
        };
    }
}
