package com.example.tenants;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application whose tenants share tables. */
@SpringBootApplication
public class SharedTables {}
