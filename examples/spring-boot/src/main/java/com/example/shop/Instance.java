package com.example.shop;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which of the two instances this is.
 *
 * @param name what it is called
 * @param other the address of the other one, if there is one
 * @param otherName what that is called
 * @param servers what both share
 */
@ConfigurationProperties("shop.instance")
public record Instance(
        @DefaultValue("A") String name,
        URI other,
        @DefaultValue("B") String otherName,
        @DefaultValue("all in this process") String servers) {}
