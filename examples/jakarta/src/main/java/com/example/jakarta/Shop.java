package com.example.jakarta;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the application's paths begin. */
@ApplicationPath("/")
public class Shop extends Application {}
