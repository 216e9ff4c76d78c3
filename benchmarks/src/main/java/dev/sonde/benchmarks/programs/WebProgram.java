package dev.sonde.benchmarks.programs;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application with one page, as Spring Boot makes it. */
@SpringBootApplication(scanBasePackageClasses = WebProgram.Pages.class)
public class WebProgram {

    /** Starts, and serves until it is ended. */
    public static void main(String[] arguments) {
        SpringApplication.run(WebProgram.class, arguments);
    }

    /** The page. */
    @RestController
    public static class Pages {

        /** Says hello. */
        @GetMapping("/")
        public String hello() {
            return "hello";
        }
    }
}
