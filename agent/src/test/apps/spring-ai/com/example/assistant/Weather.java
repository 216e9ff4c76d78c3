package com.example.assistant;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** A tool that models may call. */
class Weather {

    @Tool(description = "The weather in a city")
    String weather(@ToolParam(description = "Name of the city") String city) {
        if (city.equals("Atlantis")) {
            throw new IllegalStateException("no such city");
        }
        return "rain in " + city;
    }
}
