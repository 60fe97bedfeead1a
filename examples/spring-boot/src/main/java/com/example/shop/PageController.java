package com.example.shop;

import com.example.shop.Requests.Request;
import com.example.shop.Storefront.RefusedOrder;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page, and what its buttons do. */
@Controller
class PageController {

    private static final int MAX_NAME = 60;
    private static final int MAX_QUANTITY = 20;

    private final Storefront storefront;
    private final Requests requests;
    private final Figures figures;
    private final Instance instance;

    PageController(Storefront storefront, Requests requests, Figures figures, Instance instance) {
        this.storefront = storefront;
        this.requests = requests;
        this.figures = figures;
        this.instance = instance;
    }

    /** What somebody has filled in. */
    record Order(Long product, Integer quantity, String customer) {}

    @GetMapping("/")
    String page(@RequestParam(required = false) Long ordered, Model model) {
        if (ordered != null) {
            requests.last().stream()
                    .filter(request -> request.what().equals(Request.orderName(ordered)))
                    .findFirst()
                    .ifPresent(request -> model.addAttribute("written", request));
            model.addAttribute("ordered", ordered);
        }
        return page(new Order(null, 1, ""), model);
    }

    @PostMapping("/orders")
    String order(
            @RequestParam(required = false) Long product,
            @RequestParam(required = false) Integer quantity,
            @RequestParam(defaultValue = "") String customer,
            Model model,
            HttpServletResponse response) {
        Order order = new Order(product, quantity, customer.strip());
        try {
            check(order);
            Tally tally = Tally.begin();
            long id = storefront.order(order.product(), order.quantity(), order.customer());
            requests.add(Request.orderName(id), tally);
            return "redirect:/?ordered=" + id;
        } catch (RefusedOrder e) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return refused(order, e.getMessage(), model);
        } catch (OptimisticLockingFailureException e) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return refused(order, "Somebody else ordered the same product at this moment. Please try again.", model);
        }
    }

    @PostMapping("/cache/evict")
    String evict() {
        figures.evictAll();
        return "redirect:/";
    }

    private static void check(Order order) {
        if (order.product() == null) {
            throw new RefusedOrder("Choose a product.");
        }
        if (order.quantity() == null || order.quantity() < 1 || order.quantity() > MAX_QUANTITY) {
            throw new RefusedOrder("Order between 1 and %d.".formatted(MAX_QUANTITY));
        }
        if (order.customer().isEmpty() || order.customer().length() > MAX_NAME) {
            throw new RefusedOrder("Give a name of at most %d characters.".formatted(MAX_NAME));
        }
    }

    private String refused(Order order, String why, Model model) {
        model.addAttribute("refusal", why);
        return page(order, model);
    }

    private String page(Order order, Model model) {
        Tally tally = Tally.begin();
        long start = System.nanoTime();
        model.addAttribute("shown", storefront.show());
        model.addAttribute("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        Request request = requests.add("page", tally);
        model.addAttribute("request", request);
        model.addAttribute("order", order);
        model.addAttribute("instance", instance);
        model.addAttribute("maxName", MAX_NAME);
        model.addAttribute("maxQuantity", MAX_QUANTITY);
        model.addAttribute("requests", new RequestChart(requests.last()));
        model.addAttribute("regions", new RegionChart(figures.regions()));
        return "shop";
    }
}
