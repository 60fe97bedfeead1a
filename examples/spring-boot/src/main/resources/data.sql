insert into shop_category (id, name)
select new.id, new.name
from (values
    (1, 'Coffee'),
    (2, 'For the kitchen'),
    (3, 'Tea')
) as new (id, name)
where not exists (select 1 from shop_category where shop_category.id = new.id);

insert into shop_product (id, category_id, name, description, price, stock, version)
select new.id, new.category_id, new.name, new.description, new.price, new.stock, 0
from (values
    (11, 1, 'Antigua', 'Guatemala. Cocoa and smoke.', 9.80, 120),
    (12, 1, 'Sidamo', 'Ethiopia. Jasmine and lemon.', 11.50, 80),
    (13, 1, 'Mantiqueira', 'Brazil. Nutty, for the moka pot.', 8.40, 200),
    (21, 2, 'Gooseneck kettle', '0.9 litres, pours where you aim.', 49.00, 14),
    (22, 2, 'Tea strainer', 'Fine enough for rooibos.', 7.90, 60),
    (23, 2, 'Hand grinder', 'Steel burrs, 30 g at a time.', 64.00, 9),
    (31, 3, 'Sencha', 'Japan. Steep at 70 °C.', 12.00, 90),
    (32, 3, 'Assam', 'India. Malty; takes milk.', 6.50, 150),
    (33, 3, 'Rooibos', 'South Africa. No caffeine.', 5.20, 110)
) as new (id, category_id, name, description, price, stock)
where not exists (select 1 from shop_product where shop_product.id = new.id);
